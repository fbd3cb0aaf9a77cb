#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/units.h"
#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal::graph {

enum class Unit {
    Cores,
    Bytes,
    Percent,
    Watts,
    BytesPerSecond,
    BitsPerSecond,
    OperationsPerSecond,
    Gpus,
    Files,
    Priority,
};

enum class Stack { No, Yes };

/// One line of a graph. `id` is a word key of the page, labels are shown as they are.
struct Series {
    std::string id;
    std::vector<prometheus::Label> labels;
    std::vector<double> values;  ///< one for each point of the grid, NaN = gap
    std::string band;            ///< min, median, max; empty: an ordinary line
};

/// A horizontal line: what was asked, or what there is.
struct Limit {
    std::string id;
    double value = 0;
};

/// The graph stands for more series than it shows.
struct Fold {
    std::string kind;  ///< node_sums, min_median_max or largest
    std::size_t of = 0;
};

struct Graph {
    std::string slug;
    Unit unit = Unit::Cores;
    Stack stack = Stack::No;
    std::optional<Limit> limit;
    std::optional<double> max;
    std::optional<Fold> fold;
    std::vector<Series> series;
};

/// Something to say under a graph; `id` is a word key of the page.
struct Notice {
    std::string id;
    std::vector<prometheus::Label> arguments;
};

/// The answer of a graph URL: shape in the comment of views/static/js, one time axis for all.
struct Answer {
    TimeRange range;
    bool running = false;
    prometheus::Grid grid;
    std::vector<Graph> graphs;
    std::vector<Notice> notices;
};

/// JSON of an answer, numbers with four significant digits.
[[nodiscard]] std::string to_json(const Answer& answer);

/// Drops series that are zero or gaps at every point.
void drop_zeros(std::vector<Series>& series);

/// Past eight series of one id: the smallest, median and largest value at each point, and the three
/// series with the highest or lowest mean by name. Does nothing to fewer.
enum class Worst { Highest, Lowest };
void fold_min_median_max(Graph& graph, Worst worst);

/// True if the address asks for every series (`series=all`) instead of a summary. Throws HttpError
/// 400 if it asks for anything else.
[[nodiscard]] bool wants_all_series(const Request& request);

/// Past twelve series: those with the largest mean over the whole time (a gap counts as nothing),
/// as many of each id that has several, in the order they were in; then the sum of the rest of each
/// id as one series more: `others` for those of id `user`, else `others_ID`. Does nothing to fewer.
void fold_largest(Graph& graph);

/// Adds values to a sum point by point; a gap plus a gap stays one.
void add_values(std::vector<double>& sum, const std::vector<double>& values);

/// Moves the values of a Prometheus series, times `factor`, into a line.
[[nodiscard]] Series take(prometheus::Series& from, std::string id,
                          std::vector<prometheus::Label> labels, double factor);

/// Points before `since` become gaps, and rates whose look-back began before it are scaled to the
/// part of the look-back that the job lived through: a rate is otherwise too low at the start of a
/// job.
void correct_first_rates(std::vector<double>& values, const prometheus::Grid& grid, Instant since,
                         Seconds window, Seconds interval);

/// `instance` up to its port, without a configured domain.
[[nodiscard]] std::string node_of(std::string_view instance, std::string_view domain);

/// ETag of a graph from all that its answer depends on, made before any source is asked for
/// samples.
[[nodiscard]] std::string etag_of(std::string_view dependencies);

/// 200 with the JSON, ETag unless `etag` is empty, and Cache-Control private for `fresh`.
[[nodiscard]] Response respond(const Answer& answer, const std::string& etag, Seconds fresh);
/// 304 for a browser that has it.
[[nodiscard]] Response not_modified(const std::string& etag, Seconds fresh);

}  // namespace portal::graph
