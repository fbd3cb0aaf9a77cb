#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// Parts of a query that come from the site's configuration.
namespace portal::promql {

/// A metric name of the configuration, checked when it was read; user input does not become one.
class MetricName {
 public:
    /// Empty optional unless the text is `[a-zA-Z_:][a-zA-Z0-9_:]*`, at most 200 bytes.
    [[nodiscard]] static std::optional<MetricName> parse(std::string_view configured);
    [[nodiscard]] const std::string& text() const { return text_; }

 private:
    explicit MetricName(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// A label's name of the configuration, checked when it was read.
class LabelName {
 public:
    /// Empty optional unless the text is `[a-zA-Z_][a-zA-Z0-9_]*`, at most 200 bytes, and not
    /// `__name__`, which is a metric's.
    [[nodiscard]] static std::optional<LabelName> parse(std::string_view configured);
    [[nodiscard]] const std::string& text() const { return text_; }

 private:
    explicit LabelName(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// Reads `cluster="narval",site!="x"` of the configuration into text for Expr::text(): empty, or
/// with a leading comma. Empty optional if it is not a list of matchers.
struct SiteMatchers {
    std::string text;
    bool valid = false;
};
[[nodiscard]] SiteMatchers parse_site_matchers(std::string_view configured);

}  // namespace portal::promql
