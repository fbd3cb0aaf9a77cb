#include "handlers/sources/prometheus/promql.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "handlers/sources/prometheus/escaping.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/prometheus/host_pattern.h"

namespace portal::promql {

/// The only door to the text of an expression, for the functions of this file.
struct ExprAccess {
    [[nodiscard]] static Expr make(std::string raw) { return Expr(std::move(raw)); }
    [[nodiscard]] static const std::string& raw(const Expr& expr) { return expr.raw_; }
};

namespace {

/// Stand where the site's matchers go; escape_value() and literals never hold these bytes.
constexpr char kSiteMark = '\x01';
constexpr char kCloudMark = '\x02';

std::string number_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

/// PromQL refuses an empty window.
std::string seconds_text(Seconds seconds) {
    return std::to_string(std::max<Seconds::rep>(seconds.count(), 1)) + "s";
}

std::string joined(std::span<const Literal> parts, char separator) {
    std::string text;
    for (const Literal part : parts) {
        if (!text.empty()) text += separator;
        text += part.text();
    }
    return text;
}

/// `a|b|c` of the values that are not empty, each matching only itself.
std::string alternatives(std::span<const std::string> values) {
    std::string text;
    for (const std::string& value : values) {
        if (value.empty()) continue;
        if (!text.empty()) text += '|';
        text += escape_regex(value);
    }
    return text;
}

std::string matcher(std::string_view label, std::string_view comparison, std::string_view value) {
    std::string text(label);
    text += comparison;
    text += '"';
    text += escape_value(value);
    text += '"';
    return text;
}

void append_matcher(std::string& matchers, const std::string& one) {
    if (!matchers.empty()) matchers += ',';
    matchers += one;
}

/// No series has a label both empty and not empty.
void append_nothing(std::string& matchers, std::string_view label) {
    append_matcher(matchers, matcher(label, "=", ""));
    append_matcher(matchers, matcher(label, "!=", ""));
}

Expr aggregate(std::string_view function, std::span<const Literal> labels, const Expr& inner) {
    std::string text(function);
    text += " by (" + joined(labels, ',') + ") (" + ExprAccess::raw(inner) + ")";
    return ExprAccess::make(std::move(text));
}

Expr binary(const Expr& left, std::string_view operation, const std::string& right) {
    std::string text = "(" + ExprAccess::raw(left) + " ";
    text += operation;
    text += " " + right + ")";
    return ExprAccess::make(std::move(text));
}

Expr binary_on(std::initializer_list<Literal> labels, const Expr& left, std::string_view operation,
               const Expr& right) {
    const std::string joint =
        std::string(operation) + " on (" + joined({labels.begin(), labels.size()}, ',') + ")";
    return binary(left, joint, ExprAccess::raw(right));
}

Expr over_subquery(std::string_view function, const Expr& inner, Seconds window, Seconds step) {
    std::string text(function);
    text += "((" + ExprAccess::raw(inner) + ")[" + seconds_text(window) + ":" + seconds_text(step) +
            "])";
    return ExprAccess::make(std::move(text));
}

/// The same series, one label set to the group of a regular expression that matches another.
Expr relabelled(const Expr& inner, std::string_view label, std::string_view from,
                std::string_view regex) {
    std::string text = "label_replace(" + ExprAccess::raw(inner);
    for (const std::string_view part : {label, std::string_view{"$1"}, from, regex}) {
        text += ", \"" + escape_value(part) + '"';
    }
    return ExprAccess::make(text + ")");
}

/// What lies within the bounds; comparisons with a number that is none are false, so it drops
/// that, too.
std::string within(const std::string& inner, const Bounds& bounds) {
    std::string text;
    if (std::isfinite(bounds.least)) text += " >= " + number_text(bounds.least);
    if (std::isfinite(bounds.most)) text += " <= " + number_text(bounds.most);
    return text.empty() ? inner : "(" + inner + text + ")";
}

}  // namespace

std::string Expr::text(std::string_view site_matchers, std::string_view of_cloud) const {
    std::string result;
    result.reserve(raw_.size() + 64);
    for (const char c : raw_) {
        if (c != kSiteMark && c != kCloudMark) {
            result += c;
            continue;
        }
        std::string_view matchers = c == kSiteMark ? site_matchers : of_cloud;
        // The matchers bring a comma, which must not be the first thing in the braces.
        if (!matchers.empty() && result.back() == '{') matchers.remove_prefix(1);
        result += matchers;
    }
    return result;
}

Expr Expr::number(double value) {
    return Expr(number_text(value));
}

Selector::Selector(const metric::Metric& metric)
    : metric_(metric.text()),
      bounds_(metric.bounds),
      counter_(metric.kind == metric::Kind::Counter),
      of_cloud_(metric.machines == metric::Machines::Cloud) {}

Selector::Selector(const MetricName& metric, const metric::Metric& like)
    : metric_(metric.text()), bounds_(like.bounds), counter_(like.kind == metric::Kind::Counter) {}
Selector::Selector(Literal metric) : metric_(metric.text()) {}
Selector::Selector(const MetricName& metric) : metric_(metric.text()) {}

Selector Selector::any_of(std::initializer_list<Literal> metrics) {
    Selector selector;
    if (metrics.size() == 0) {
        append_nothing(selector.matchers_, "__name__");
    } else {
        selector.matchers_ =
            matcher("__name__", "=~", joined({metrics.begin(), metrics.size()}, '|'));
    }
    return selector;
}

Selector& Selector::add_equal(std::string_view label, std::string_view value) {
    append_matcher(matchers_, matcher(label, "=", value));
    return *this;
}

Selector& Selector::add_one_of(std::string_view label, std::span<const std::string> values) {
    const std::string any = alternatives(values);
    if (any.empty()) {
        append_nothing(matchers_, label);
    } else {
        append_matcher(matchers_, matcher(label, "=~", any));
    }
    return *this;
}

Selector& Selector::ne(Literal label, std::string_view value) {
    append_matcher(matchers_, matcher(label.text(), "!=", value));
    return *this;
}

Selector& Selector::host_one_of(Literal label, std::span<const std::string> hosts) {
    const std::string any = host_pattern(hosts);
    if (any.empty()) {
        append_nothing(matchers_, label.text());
    } else {
        append_matcher(matchers_, matcher(label.text(), "=~", "(?i:" + any + ")(?::[0-9]+)?"));
    }
    return *this;
}

Selector& Selector::matches(Literal label, Literal regex) {
    append_matcher(matchers_, matcher(label.text(), "=~", regex.text()));
    return *this;
}

Selector& Selector::not_matching(Literal label, Literal regex) {
    append_matcher(matchers_, matcher(label.text(), "!~", regex.text()));
    return *this;
}

Selector Selector::as_sampled() const {
    Selector all = *this;
    all.bounds_ = {};
    return all;
}

std::string Selector::plain() const {
    return metric_ + "{" + matchers_ + (of_cloud_ ? kCloudMark : kSiteMark) + "}";
}

Expr Selector::now() const {
    return ExprAccess::make(counter_ ? plain() : within(plain(), bounds_));
}

Expr Selector::odd() const {
    return ExprAccess::make("(" + plain() + " unless " + within(plain(), bounds_) + ")");
}

Expr Selector::ranged(std::string_view function, Seconds window) const {
    std::string text(function);
    text += "(" + plain() + "[" + seconds_text(window) + "])";
    return ExprAccess::make(std::move(text));
}

Expr Selector::avg_over(Seconds window) const {
    std::string text = ExprAccess::raw(held("avg_over_time", window));
    const auto all = [&](std::string_view function, const char* limit, double bound) {
        text += " and " + ExprAccess::raw(ranged(function, window)) + limit + number_text(bound);
    };
    if (std::isfinite(bounds_.most)) all("max_over_time", " <= ", bounds_.most);
    // Nothing that is a little below zero moves a mean.
    if (std::isfinite(bounds_.least) && bounds_.least > 0)
        all("min_over_time", " >= ", bounds_.least);
    return ExprAccess::make("(" + text + ")");
}

Expr Selector::held(std::string_view function, Seconds window) const {
    Expr all = ranged(function, window);
    return counter_ ? all : ExprAccess::make(within(ExprAccess::raw(all), bounds_));
}

Expr Selector::grown(std::string_view function, Seconds window, Seconds seconds) const {
    Expr all = ranged(function, window);
    if (!counter_) return all;
    Bounds grown = bounds_;
    grown.most *= static_cast<double>(std::max<Seconds::rep>(seconds.count(), 1));
    if (function != "deriv") grown.least = Bounds{}.least;  // rates of counters never are below 0
    return ExprAccess::make(within(ExprAccess::raw(all), grown));
}

Expr Selector::sampled_at() const {
    return ExprAccess::make("timestamp(" + plain() + ")");
}

Expr Selector::seen_at() const {
    return ExprAccess::make("(" + plain() + " * 0 + time())");
}

Expr sum_by(std::initializer_list<Literal> labels, const Expr& inner) {
    return aggregate("sum", {labels.begin(), labels.size()}, inner);
}
Expr count_by(std::initializer_list<Literal> labels, const Expr& inner) {
    return aggregate("count", {labels.begin(), labels.size()}, inner);
}
Expr max_by(std::initializer_list<Literal> labels, const Expr& inner) {
    return aggregate("max", {labels.begin(), labels.size()}, inner);
}
Expr max_by(std::span<const Literal> labels, const Expr& inner) {
    return aggregate("max", labels, inner);
}
Expr max_by(Literal label, const LabelName& other, const Expr& inner) {
    return ExprAccess::make("max by (" + std::string(label.text()) + "," + other.text() + ") (" +
                            ExprAccess::raw(inner) + ")");
}
Expr min_by(std::initializer_list<Literal> labels, const Expr& inner) {
    return aggregate("min", {labels.begin(), labels.size()}, inner);
}
Expr sum_without(std::initializer_list<Literal> labels, const Expr& inner) {
    return ExprAccess::make("sum without (" + joined({labels.begin(), labels.size()}, ',') + ") (" +
                            ExprAccess::raw(inner) + ")");
}
Expr sum(const Expr& inner) {
    return ExprAccess::make("sum(" + ExprAccess::raw(inner) + ")");
}
Expr topk(unsigned count, const Expr& inner) {
    return ExprAccess::make("topk(" + std::to_string(count) + ", " + ExprAccess::raw(inner) + ")");
}

Expr avg_over(const Expr& inner, Seconds window, Seconds step) {
    return over_subquery("avg_over_time", inner, window, step);
}
Expr max_over(const Expr& inner, Seconds window, Seconds step) {
    return over_subquery("max_over_time", inner, window, step);
}
Expr min_over(const Expr& inner, Seconds window, Seconds step) {
    return over_subquery("min_over_time", inner, window, step);
}
Expr sum_over(const Expr& inner, Seconds window, Seconds step) {
    return over_subquery("sum_over_time", inner, window, step);
}
Expr count_over(const Expr& inner, Seconds window, Seconds step) {
    return over_subquery("count_over_time", inner, window, step);
}

Expr operator+(const Expr& left, const Expr& right) {
    return binary(left, "+", ExprAccess::raw(right));
}
Expr operator-(const Expr& left, const Expr& right) {
    return binary(left, "-", ExprAccess::raw(right));
}
Expr operator*(const Expr& left, double factor) {
    return binary(left, "*", number_text(factor));
}
Expr operator/(const Expr& left, double divisor) {
    return binary(left, "/", number_text(divisor));
}
Expr bounded(const Expr& inner, const Bounds& bounds) {
    return ExprAccess::make(within(ExprAccess::raw(inner), bounds));
}
Expr above(const Expr& inner, double value) {
    return binary(inner, ">", number_text(value));
}
Expr moment_of(const Expr& inner) {
    return ExprAccess::make("(" + ExprAccess::raw(inner) + " * 0 + time())");
}

Expr at_least(const Expr& inner, double value) {
    return binary(inner, ">=", number_text(value));
}
Expr divide_on(std::initializer_list<Literal> labels, const Expr& left, const Expr& right) {
    return binary_on(labels, left, "/", right);
}
Expr minus_on(std::initializer_list<Literal> labels, const Expr& left, const Expr& right) {
    return binary_on(labels, left, "-", right);
}
Expr divide_all(const Expr& left, const Expr& right) {
    return binary(left, "/ on () group_left ()", ExprAccess::raw(right));
}
Expr either(const Expr& left, const Expr& right) {
    return binary(left, "or", ExprAccess::raw(right));
}

Expr either(std::initializer_list<Expr> all) {
    return either(std::span<const Expr>(all.begin(), all.size()));
}

Expr either(std::span<const Expr> all) {
    if (all.size() == 1) return all.front();
    std::string text;
    for (const Expr& one : all) {
        text += text.empty() ? "(" : " or ";
        text += ExprAccess::raw(one);
    }
    return ExprAccess::make(text.empty() ? text : text + ")");
}

Expr tagged(Literal value, const Expr& inner) {
    std::string replacement;
    for (const char c : value.text()) replacement += c == '$' ? std::string("$$") : std::string{c};
    return ExprAccess::make("label_replace(" + ExprAccess::raw(inner) + R"(, "part", ")" +
                            escape_value(replacement) + R"(", "", ""))");
}

Expr with_node(const Expr& inner) {
    return relabelled(inner, "node", "instance",
                      R"((\[[^\]]*\]|[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+|[^:.]+).*)");
}

Expr with_meter(const Expr& inner, const LabelName& label) {
    return relabelled(inner, "meter", label.text(), "(.*)");
}

Expr with_card(const Expr& inner, Literal label) {
    const Expr known =
        relabelled(relabelled(inner, "card", label.text(), "(.+)"), "card", "uuid", "(.+)");
    return relabelled(known, "card", label.text(), "(MIG-.+)");
}

}  // namespace portal::promql
