#pragma once

#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "fcgi/base/units.h"
#include "handlers/sources/prometheus/configured.h"

namespace portal::metric {
struct Metric;
}

namespace portal::promql {

/// What a value can be; what is outside, and what is no number, is dropped.
struct Bounds {
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
};

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

    /// The text to send. `site_matchers` is empty or begins with a comma: `,cluster="narval"`;
    /// `of_cloud` is the same for what the machines of a cloud say.
    [[nodiscard]] std::string text(std::string_view site_matchers, std::string_view of_cloud) const;
    [[nodiscard]] std::string text(std::string_view site_matchers) const {
        return text(site_matchers, site_matchers);
    }

    /// A plain number.
    [[nodiscard]] static Expr number(double value);

 private:
    friend class Selector;
    friend struct ExprAccess;
    explicit Expr(std::string raw) : raw_(std::move(raw)) {}
    std::string raw_;
};

/// A series selector. Values may be anything, they are escaped here.
///
/// That of a metric drops what its samples cannot be (exporters.h) from each result: a sample, a
/// mean, a rate. A function over a window sees all samples in it, so one odd sample costs the
/// window; avg_over() and the like below, over a sub-query, leave out the sample alone.
class Selector {
 public:
    /// All series of one metric.
    explicit Selector(const metric::Metric& metric);
    /// A metric of that name, with bounds of another.
    Selector(const MetricName& metric, const metric::Metric& like);
    /// Without bounds.
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
    /// The label speaks of one of these hosts: for `instance`. Upper and lower case are the same, a
    /// port may follow, and each side may have a domain that the other lacks.
    Selector& host_one_of(Literal label, std::span<const std::string> hosts);
    /// The label matches a regular expression known to the compiler.
    Selector& matches(Literal label, Literal regex);
    Selector& not_matching(Literal label, Literal regex);

    /// The same without bounds: to see whether there was anything odd.
    [[nodiscard]] Selector as_sampled() const;

    [[nodiscard]] Expr now() const;
    [[nodiscard]] Expr rate(Seconds window) const { return grown("rate", window, Seconds{1}); }
    [[nodiscard]] Expr increase(Seconds window) const { return grown("increase", window, window); }
    /// Slope per second over the samples there are, however much of the window they fill.
    [[nodiscard]] Expr slope(Seconds window) const { return grown("deriv", window, Seconds{1}); }
    [[nodiscard]] Expr max_over(Seconds window) const { return held("max_over_time", window); }
    [[nodiscard]] Expr min_over(Seconds window) const { return held("min_over_time", window); }
    /// Only of windows without an impossible sample: the mean of one with such a sample may be
    /// possible, and wrong.
    [[nodiscard]] Expr avg_over(Seconds window) const;
    [[nodiscard]] Expr sum_over(Seconds window) const { return ranged("sum_over_time", window); }
    /// Number of samples in the window.
    [[nodiscard]] Expr count_over(Seconds window) const {
        return ranged("count_over_time", window);
    }
    /// The newest sample of the window: for gauges that are scraped so seldom that now() may miss
    /// one.
    [[nodiscard]] Expr last_over(Seconds window) const { return held("last_over_time", window); }
    /// Present anywhere in the window: 1 for each series.
    [[nodiscard]] Expr present_over(Seconds window) const {
        return ranged("present_over_time", window);
    }
    /// The samples that the bounds drop.
    [[nodiscard]] Expr odd() const;
    /// When its newest sample was taken, in Unix seconds.
    [[nodiscard]] Expr sampled_at() const;
    /// The moment of evaluation, in Unix seconds, for each series that exists then. In a
    /// sub-query a twentieth of the cost of timestamp(), which begins anew at every step.
    [[nodiscard]] Expr seen_at() const;

 private:
    Selector() = default;
    [[nodiscard]] std::string plain() const;
    [[nodiscard]] Expr ranged(std::string_view function, Seconds window) const;
    /// Of a gauge: within the bounds.
    [[nodiscard]] Expr held(std::string_view function, Seconds window) const;
    /// Of a counter: within the bounds of so many seconds.
    [[nodiscard]] Expr grown(std::string_view function, Seconds window, Seconds seconds) const;
    Selector& add_equal(std::string_view label, std::string_view value);
    Selector& add_one_of(std::string_view label, std::span<const std::string> values);
    std::string metric_;
    std::string matchers_;
    Bounds bounds_;
    bool counter_ = false;
    bool of_cloud_ = false;
};

/// Aggregations; the labels are those kept.
[[nodiscard]] Expr sum_by(std::initializer_list<Literal> labels, const Expr& inner);
[[nodiscard]] Expr count_by(std::initializer_list<Literal> labels, const Expr& inner);
[[nodiscard]] Expr max_by(std::initializer_list<Literal> labels, const Expr& inner);
[[nodiscard]] Expr max_by(std::span<const Literal> labels, const Expr& inner);
[[nodiscard]] Expr max_by(Literal label, const LabelName& other, const Expr& inner);
[[nodiscard]] Expr min_by(std::initializer_list<Literal> labels, const Expr& inner);
/// Adds up what differs in these labels only.
[[nodiscard]] Expr sum_without(std::initializer_list<Literal> labels, const Expr& inner);
[[nodiscard]] Expr sum(const Expr& inner);
[[nodiscard]] Expr topk(unsigned count, const Expr& inner);

/// Over sub-queries: `function(inner[window:step])`.
[[nodiscard]] Expr avg_over(const Expr& inner, Seconds window, Seconds step);
[[nodiscard]] Expr max_over(const Expr& inner, Seconds window, Seconds step);
[[nodiscard]] Expr min_over(const Expr& inner, Seconds window, Seconds step);
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
/// The same series with the label `node` set to the host that `instance` speaks of: without port
/// and domain. An address in numbers stays whole.
[[nodiscard]] Expr with_node(const Expr& inner);
/// The same series with the label `meter` set to the value of a label of the configuration.
[[nodiscard]] Expr with_meter(const Expr& inner, const LabelName& label);
/// The same series with the label `card` set to what tells a GPU from the others of its node: its
/// uuid where the exporter writes one, else the number under `label`, which may change. A part of a
/// card (MIG) has a name of its own there, and may have the uuid of the whole.
[[nodiscard]] Expr with_card(const Expr& inner, Literal label);
/// What lies within the bounds, such as a mean of several series.
[[nodiscard]] Expr bounded(const Expr& inner, const Bounds& bounds);
/// inner > value: drops what is not above.
[[nodiscard]] Expr above(const Expr& inner, double value);
/// The moment of evaluation, in Unix seconds, for each series of inner.
[[nodiscard]] Expr moment_of(const Expr& inner);
/// inner >= value.
[[nodiscard]] Expr at_least(const Expr& inner, double value);

}  // namespace portal::promql
