#include "fcgi/base/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr std::array<double, 14> kPowers = {1e0, 1e1, 1e2, 1e3,  1e4,  1e5,  1e6,
                                            1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13};

/// Writes what to_chars in its general form would write, for the numbers of graphs: up to 9 digits,
/// from 0.0001 to below 10^digits. A graph is 30,000 of them, and this costs a third. 0: not one of
/// those. A number just between two may be rounded to the other.
std::size_t write_plain(double value, int digits, std::array<char, 40>& buffer) {
    const double size = std::fabs(value);
    if (digits < 1 || digits > 9 || size < 1e-4) return 0;
    int point = 1;  // digits before the decimal point; below 1 for zeros after it
    while (point <= digits && size >= kPowers[static_cast<std::size_t>(point)]) ++point;
    while (point < 2 && point > -3 && size * kPowers[static_cast<std::size_t>(1 - point)] < 1)
        --point;
    int decimals = digits - point;
    if (decimals < 0) return 0;
    const double rounded = size * kPowers[static_cast<std::size_t>(decimals)] + 0.5;
    auto number = static_cast<std::uint64_t>(rounded);
    if (number >= static_cast<std::uint64_t>(kPowers[static_cast<std::size_t>(digits)])) return 0;
    for (; decimals > 0 && number % 10 == 0; --decimals) number /= 10;
    std::array<char, 40> reversed{};
    std::size_t count = 0;
    for (int place = 0; number > 0 || place <= decimals; ++place, number /= 10) {
        if (place == decimals && decimals > 0) reversed[count++] = '.';
        reversed[count++] = static_cast<char>('0' + number % 10);
    }
    if (value < 0) reversed[count++] = '-';
    std::reverse_copy(reversed.begin(), reversed.begin() + static_cast<std::ptrdiff_t>(count),
                      buffer.begin());
    return count;
}

}  // namespace

void JsonWriter::separate() {
    if (!first_) text_ += ',';
    first_ = false;
}

void JsonWriter::open(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
}

void JsonWriter::close(char bracket) {
    text_ += bracket;
    first_ = false;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    text_ += ':';
    first_ = true;
    return *this;
}

void JsonWriter::value(std::string_view text) {
    separate();
    quote(text);
}

void JsonWriter::value(std::int64_t number) {
    separate();
    text_ += std::to_string(number);
}

void JsonWriter::value(bool truth) {
    separate();
    text_ += truth ? "true" : "false";
}

void JsonWriter::null() {
    separate();
    text_ += "null";
}

void JsonWriter::number(double value, int digits) {
    if (!std::isfinite(value)) {
        null();
        return;
    }
    separate();
    std::array<char, 40> buffer{};
    if (const std::size_t count = write_plain(value, digits, buffer); count > 0) {
        text_.append(buffer.data(), count);
        return;
    }
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, digits);
    text_.append(buffer.data(), end.ptr);
}

void JsonWriter::quote(std::string_view text) {
    text_ += '"';
    // What cleans UTF-8 would take the NULs for wrong bytes.
    for (auto end = text.find('\0'); end != std::string_view::npos; end = text.find('\0')) {
        escape(text.substr(0, end));
        text_ += "\\u0000";
        text.remove_prefix(end + 1);
    }
    escape(text);
    text_ += '"';
}

void JsonWriter::escape(std::string_view text) {
    for (const char c : text::is_utf8(text) ? std::string(text) : text::to_utf8(text)) {
        if (ascii::is_control(c) || c == '<') {
            text_ += "\\u00";
            text_ += text::hex({&c, 1});
        } else {
            if (c == '"' || c == '\\') text_ += '\\';
            text_ += c;
        }
    }
}

}  // namespace portal
