#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "fcgi/base/units.h"
#include "handlers/sources/prometheus/configured.h"

namespace portal::promql {

/// Query text that exists at compile time; user input cannot become one.
class Literal {
 public:
    consteval Literal(const char* text) : text_(text) {}  // NOLINT: implicit by design
    [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
    std::string_view text_;
};

/// A PromQL expression. Where a selector closes, its text holds a place for the site's own
/// matchers, which the client fills in: so no query can forget them.
class Expr {
 public:
    Expr() = default;

    /// The text to send. `site_matchers` is empty or begins with a comma: `,cluster="narval"`.
    [[nodiscard]] std::string text(std::string_view site_matchers) const;

    /// A plain number.
    [[nodiscard]] static Expr number(double value);

 private:
    friend class Selector;
    friend struct ExprAccess;
    explicit Expr(std::string raw) : raw_(std::move(raw)) {}
    std::string raw_;
};

/// A series selector. Values may be anything, they are escaped here.
class Selector {
 public:
    /// All series of one metric.
    explicit Selector(Literal metric);
    explicit Selector(const MetricName& metric);
    /// All series of several metrics: a matcher on the metric name. With now() only: Prometheus
    /// drops the name in every function over a window, and then two metrics of one job are one
    /// series.
    [[nodiscard]] static Selector any_of(std::initializer_list<Literal> metrics);

    Selector& eq(Literal label, std::string_view value) { return add_equal(label.text(), value); }
    Selector& eq(const LabelName& label, std::string_view value) {
        return add_equal(label.text(), value);
    }
    Selector& ne(Literal label, std::string_view value);
    /// The label is one of these values, none of them read as a regular expression. Empty values
    /// are left out; an empty list matches nothing.
    Selector& one_of(Literal label, std::span<const std::string> values) {
        return add_one_of(label.text(), values);
    }
    Selector& one_of(const LabelName& label, std::span<const std::string> values) {
        return add_one_of(label.text(), values);
    }
    /// As one_of, with an optional `:port` after each value: for `instance`.
    Selector& host_one_of(Literal label, std::span<const std::string> hosts);
    /// The label matches a regular expression known to the compiler.
    Selector& matches(Literal label, Literal regex);

    [[nodiscard]] Expr now() const;
    [[nodiscard]] Expr rate(Seconds window) const { return ranged("rate", window); }
    [[nodiscard]] Expr increase(Seconds window) const { return ranged("increase", window); }
    /// Slope per second over the samples there are, however much of the window they fill.
    [[nodiscard]] Expr slope(Seconds window) const { return ranged("deriv", window); }
    [[nodiscard]] Expr max_over(Seconds window) const { return ranged("max_over_time", window); }
    [[nodiscard]] Expr avg_over(Seconds window) const { return ranged("avg_over_time", window); }
    [[nodiscard]] Expr sum_over(Seconds window) const { return ranged("sum_over_time", window); }
    /// Number of samples in the window.
    [[nodiscard]] Expr count_over(Seconds window) const {
        return ranged("count_over_time", window);
    }
    /// The newest sample of the window: for gauges that are scraped so seldom that now() may miss
    /// one.
    [[nodiscard]] Expr last_over(Seconds window) const { return ranged("last_over_time", window); }
    /// Present anywhere in the window: 1 for each series.
    [[nodiscard]] Expr present_over(Seconds window) const {
        return ranged("present_over_time", window);
    }
    /// When its newest sample was taken, in Unix seconds.
    [[nodiscard]] Expr sampled_at() const;
    /// The moment of evaluation, in Unix seconds, for each series that exists then. In a
    /// sub-query a twentieth of the cost of timestamp(), which begins anew at every step.
    [[nodiscard]] Expr seen_at() const;

 private:
    Selector() = default;
    [[nodiscard]] Expr ranged(std::string_view function, Seconds window) const;
    Selector& add_equal(std::string_view label, std::string_view value);
    Selector& add_one_of(std::string_view label, std::span<const std::string> values);
    std::string metric_;
    std::string matchers_;
};

/// Aggregations; the labels are those kept.
[[nodiscard]] Expr sum_by(std::initializer_list<Literal> labels, const Expr& inner);
[[nodiscard]] Expr count_by(std::initializer_list<Literal> labels, const Expr& inner);
[[nodiscard]] Expr max_by(std::initializer_list<Literal> labels, const Expr& inner);
[[nodiscard]] Expr sum(const Expr& inner);
[[nodiscard]] Expr topk(unsigned count, const Expr& inner);

/// Over sub-queries: `function(inner[window:step])`.
[[nodiscard]] Expr avg_over(const Expr& inner, Seconds window, Seconds step);
[[nodiscard]] Expr max_over(const Expr& inner, Seconds window, Seconds step);
[[nodiscard]] Expr sum_over(const Expr& inner, Seconds window, Seconds step);
/// Points of the sub-query at which there is a sample.
[[nodiscard]] Expr count_over(const Expr& inner, Seconds window, Seconds step);

/// Arithmetic, always in parentheses.
[[nodiscard]] Expr operator+(const Expr& left, const Expr& right);
[[nodiscard]] Expr operator-(const Expr& left, const Expr& right);
[[nodiscard]] Expr operator*(const Expr& left, double factor);
[[nodiscard]] Expr operator/(const Expr& left, double divisor);

/// Binary operations joined on some labels: left `op` on(labels) right.
[[nodiscard]] Expr divide_on(std::initializer_list<Literal> labels, const Expr& left,
                             const Expr& right);
[[nodiscard]] Expr minus_on(std::initializer_list<Literal> labels, const Expr& left,
                            const Expr& right);

/// Every series of the left by the one series of the right, which has no labels.
[[nodiscard]] Expr divide_all(const Expr& left, const Expr& right);

/// left or right: several answers in one query. Use tagged() to tell them apart.
[[nodiscard]] Expr either(const Expr& left, const Expr& right);
[[nodiscard]] Expr either(std::initializer_list<Expr> all);
[[nodiscard]] Expr either(std::span<const Expr> all);
/// The same series with the label `part` set to `value`, so that answers joined by either() differ.
[[nodiscard]] Expr tagged(Literal value, const Expr& inner);
/// The same series with the label `node` set to `instance` up to its first colon, cut by `suffix`
/// if it ends so (a management controller's `-oob`), and by the first dot if `domain` is not empty.
[[nodiscard]] Expr with_node(const Expr& inner, std::string_view suffix, std::string_view domain);
/// inner > value: drops what is not above.
[[nodiscard]] Expr above(const Expr& inner, double value);

/// A label value as PromQL writes it, without the quotes.
[[nodiscard]] std::string escape_value(std::string_view value);
/// A value as a regular expression that matches only itself (not yet escaped as a label value).
[[nodiscard]] std::string escape_regex(std::string_view value);

}  // namespace portal::promql
