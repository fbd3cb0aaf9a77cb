#include "exposition.h"

#include <array>
#include <charconv>
#include <stdexcept>

namespace portal::simulator {
namespace {

// promtool's --max-block-duration=24h makes blocks of 18 h, aligned to the epoch
constexpr UnixTime kBlock = 18 * 3600;
constexpr std::size_t kBuffer = 1U << 20U;
constexpr std::string_view kEnd = "# EOF\n";

void append_number(std::string& text, double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    text.append(digits.data(), end.ptr);
}

/// Python's repr() of a positive number below 1e16, without the exponent.
std::string fixed_digits(double value) {
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                   std::chars_format::fixed);
    std::string text(digits.data(), end.ptr);
    if (text.find('.') == std::string::npos) text += ".0";
    return text;
}

std::string python_text(double value) {
    constexpr double kReprExponent = 1e16;
    if (value >= kReprExponent || value < 0) {
        std::string text;
        append_number(text, value);
        return text;
    }
    std::string text = fixed_digits(value);
    const std::size_t dot = text.find('.');
    if (dot <= 6) return text;
    std::string mantissa = text.substr(0, 1) + '.' + text.substr(1, dot - 1) + text.substr(dot + 1);
    mantissa.erase(mantissa.find_last_not_of("0.") + 1);
    return mantissa + "e+0" + std::to_string(dot - 1);
}

}  // namespace

std::string number_text(double value, Dialect dialect) {
    if (dialect == Dialect::Python) return python_text(value);
    std::array<char, 40> digits{};
    const auto form = value >= 1e6 ? std::chars_format::scientific : std::chars_format::general;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, form);
    return {digits.data(), end.ptr};
}

void TextExposition::family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
    text_.append(name).append(" ").append(type).append("\n");
}

void TextExposition::sample(std::string_view labels, double value) {
    text_.append(name_);
    if (!labels.empty()) text_.append("{").append(labels).append("}");
    text_.append(" ").append(number_text(value, dialect_)).append("\n");
}

OpenMetricsFiles::~OpenMetricsFiles() {
    if (file_ != nullptr) std::fclose(file_);
}

void OpenMetricsFiles::target(UnixTime time, std::string_view labels) {
    const UnixTime span = time < dense_ ? 0 : time / kBlock;
    if (span != file_span_) {
        close();
        std::string number = "past";
        if (span > 0) {
            number = std::to_string(files_++);
            number.insert(0, 3 - std::min<std::size_t>(3, number.size()), '0');
        }
        const std::string path = folder_ + "/metrics-" + number + ".om";
        file_ = std::fopen(path.c_str(), "w");
        if (file_ == nullptr) throw std::runtime_error("cannot write " + path);
        file_span_ = span;
    }
    target_ = labels;
    time_ = std::to_string(time);
}

void OpenMetricsFiles::family(std::string_view name, std::string_view, std::string_view) {
    name_ = name;
}

void OpenMetricsFiles::sample(std::string_view labels, double value) {
    buffer_.append(name_).append("{").append(labels);
    if (!labels.empty() && !target_.empty()) buffer_.append(",");
    buffer_.append(target_).append("} ");
    append_number(buffer_, value);
    buffer_.append(" ").append(time_).append("\n");
    ++samples_;
    if (buffer_.size() > kBuffer) flush();
}

void OpenMetricsFiles::flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) {
        throw std::runtime_error("cannot write to " + folder_);
    }
    bytes_ += buffer_.size();
    buffer_.clear();
}

void OpenMetricsFiles::close() {
    if (file_ == nullptr) return;
    buffer_.append(kEnd);
    flush();
    const int failed = std::fclose(file_);
    file_ = nullptr;
    if (failed != 0) throw std::runtime_error("cannot write to " + folder_);
}

}  // namespace portal::simulator
