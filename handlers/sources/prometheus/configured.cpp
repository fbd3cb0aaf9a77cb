#include "handlers/sources/prometheus/configured.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "handlers/sources/prometheus/escaping.h"
#include "handlers/sources/prometheus/promql.h"

namespace portal::promql {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::string_view kNameOfMetric = "__name__";

using ascii::is_digit;

bool is_letter(char c) {
    return ascii::is_alpha(c) || c == '_';
}

/// A label value of the configuration, read from after its opening quote; `rest` is left after
/// the closing one. Empty optional if it does not end or holds an escape we do not know.
std::optional<std::string> read_quoted(std::string_view& rest) {
    std::string value;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        char c = rest[i];
        if (c == '"') {
            rest.remove_prefix(i + 1);
            return value;
        }
        if (static_cast<unsigned char>(c) < 0x20U) return std::nullopt;
        if (c == '\\') {
            if (++i == rest.size()) return std::nullopt;
            c = rest[i] == 'n' ? '\n' : rest[i];
            if (c != '\n' && c != '\\' && c != '"') return std::nullopt;
        }
        value += c;
    }
    return std::nullopt;
}

std::string_view read_name(std::string_view& rest) {
    std::size_t length = 0;
    while (length < rest.size() &&
           (is_letter(rest[length]) || (length > 0 && is_digit(rest[length])))) {
        ++length;
    }
    const std::string_view name = rest.substr(0, length);
    rest.remove_prefix(length);
    return name;
}

std::string_view read_comparison(std::string_view& rest) {
    for (const std::string_view one : {"=~", "!~", "!=", "="}) {
        if (rest.substr(0, one.size()) == one) {
            rest.remove_prefix(one.size());
            return one;
        }
    }
    return {};
}

/// One `label="value"` from the front of `rest`; empty optional if there is none.
std::optional<std::string> read_matcher(std::string_view& rest) {
    rest = text::trim(rest);
    const std::string_view label = read_name(rest);
    rest = text::trim(rest);
    const std::string_view comparison = read_comparison(rest);
    rest = text::trim(rest);
    if (label.empty() || label == kNameOfMetric || comparison.empty() || rest.empty()) {
        return std::nullopt;
    }
    if (rest.front() != '"') return std::nullopt;
    rest.remove_prefix(1);
    const auto value = read_quoted(rest);
    if (!value || !text::is_utf8(*value)) return std::nullopt;
    rest = text::trim(rest);
    return std::string(label) + std::string(comparison) + '"' + escape_value(*value) + '"';
}

}  // namespace

std::optional<MetricName> MetricName::parse(std::string_view configured) {
    const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == ':'; };
    if (configured.empty() || configured.size() > kLongestName || is_digit(configured.front()) ||
        !std::all_of(configured.begin(), configured.end(), allowed)) {
        return std::nullopt;
    }
    return MetricName(std::string(configured));
}

std::optional<LabelName> LabelName::parse(std::string_view configured) {
    std::string_view rest = configured;
    const std::string_view name = read_name(rest);
    if (name.empty() || !rest.empty() || name.size() > kLongestName || name == kNameOfMetric) {
        return std::nullopt;
    }
    return LabelName(std::string(name));
}

SiteMatchers parse_site_matchers(std::string_view configured) {
    std::string_view rest = text::trim(configured);
    SiteMatchers result{.text = {}, .valid = true};
    while (!rest.empty() || !result.text.empty()) {
        const auto one = read_matcher(rest);
        if (!one) return {};
        result.text += "," + *one;
        if (rest.empty()) return result;
        if (rest.front() != ',') return {};
        rest.remove_prefix(1);
    }
    return result;
}

}  // namespace portal::promql
