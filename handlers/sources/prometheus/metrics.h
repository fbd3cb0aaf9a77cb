#pragma once

// handlers/sources/prometheus is Prometheus: the interface for handlers (this file, promql.h for
// queries, exporters.h for names of metrics), the reader of its answers (`answer`), and the
// implementation over HTTP. May include fcgi/base and handlers/sources/http; knows nothing of jobs,
// pages or graphs.

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"
#include "handlers/sources/prometheus/promql.h"

namespace portal::prometheus {

/// The points of a question in time: start, start + step, ... `count` of them. One point and step 0
/// is an instant query.
struct Grid {
    Instant start{};
    Seconds step{0};
    std::size_t count = 1;

    [[nodiscard]] bool instant() const { return step.count() == 0; }
    [[nodiscard]] Instant at(std::size_t index) const {
        return start + step * static_cast<Seconds::rep>(index);
    }
    [[nodiscard]] Instant last() const { return at(count - 1); }
    auto operator<=>(const Grid&) const = default;

    [[nodiscard]] static Grid at_instant(Instant when) { return {when, Seconds{0}, 1}; }
};

struct Label {
    std::string name;
    std::string value;

    bool operator==(const Label&) const = default;
};

/// After so long all samples of a moment are in, and an answer about it does not change any more.
inline constexpr Seconds kLastSamplesArrive = 10 * kMinute;

/// Prometheus looks back so far for the sample of a moment: a series may seem to live that much
/// longer, and a point within it needs no window of its own.
inline constexpr Seconds kLookBack = 5 * kMinute;

/// The value where there is no sample, or one that is not finite: not a number.
inline constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

/// One series: its labels in the order Prometheus sent them, and exactly Grid::count values, each
/// a finite number or kGap.
struct Series {
    std::vector<Label> labels;
    std::vector<double> values;

    /// Value of a label; empty if the series has none of that name.
    [[nodiscard]] std::string_view label(std::string_view name) const {
        for (const Label& candidate : labels) {
            if (candidate.name == name) return candidate.value;
        }
        return {};
    }
};

/// An answer. Empty `series` means that Prometheus has nothing for the question.
struct SeriesSet {
    Grid grid;
    std::vector<Series> series;
    std::vector<std::string> warnings;  ///< for the log
};

struct Question {
    promql::Expr query;
    Grid grid;
};

/// Handle of a question that is under way. Valid until the request is over.
struct Ticket {
    std::size_t index = 0;
};

/// Prometheus as the handlers see it: ask, ask, ask, then collect. Questions of one request run at
/// the same time, each is one HTTP request.
class Metrics {
 public:
    virtual ~Metrics() = default;

    /// Sends a question and returns at once. Every selector in it gets the site's own matchers.
    virtual Ticket ask(const Question& question) = 0;

    /// Waits for the answer to a question; each ticket is collected once. Errors: any Fault; an
    /// answer that says it is partial is Rejected.
    /// Source: Prometheus /api/v1/query and /api/v1/query_range.
    virtual Result<SeriesSet> collect(Ticket ticket) = 0;
};

}  // namespace portal::prometheus
