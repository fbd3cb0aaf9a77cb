#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/units.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal::graph {

/// The unit of a graph.
struct Unit {
    std::string_view word;  ///< in JSON
    double per_base = 1;    ///< how many make one of the base unit of metrics (a byte, all of it)
};
namespace unit {
inline constexpr Unit kCores{"cores"};
inline constexpr Unit kBytes{"bytes"};
inline constexpr Unit kPercent{"percent", 100};
inline constexpr Unit kWatts{"watts"};
inline constexpr Unit kBytesPerSecond{"bytes_per_second"};
inline constexpr Unit kBitsPerSecond{"bits_per_second", 8};
inline constexpr Unit kOperationsPerSecond{"ops_per_second"};
inline constexpr Unit kGpus{"gpus"};
inline constexpr Unit kFiles{"files"};
inline constexpr Unit kPriority{"priority"};
}  // namespace unit

enum class Stack { No, Yes };

/// One line of a graph. `id` is a word key of the page, labels are shown as they are.
struct Series {
    std::string id;
    std::vector<prometheus::Label> labels;
    std::vector<double> values;  ///< one for each point of the grid, or kGap
    std::string band;            ///< one of kBands; empty: an ordinary line

    /// The value of a label; empty if the line has none of that name.
    [[nodiscard]] std::string_view label(std::string_view name) const;
};

/// A word key, one of those that the pages have words for (views/base/part_words.tpl). Another one
/// does not compile.
template <const auto& keys>
class Key {
 public:
    consteval Key(const char* text) : text_(text) {
        for (const std::string_view key : keys) {
            if (key == text_) return;
        }
        throw "no such key";
    }
    [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
    std::string_view text_;
};

inline constexpr auto kLimitKeys = std::to_array<std::string_view>(
    {"asked", "allocated", "gpu_memory_total", "gpu_power_limit", "quota", "granted"});
inline constexpr auto kFoldKeys =
    std::to_array<std::string_view>({"node_sums", "min_median_max", "largest", "total", "mean"});
inline constexpr auto kNoticeKeys = std::to_array<std::string_view>(
    {"gpu_type_unknown", "priority_highest", "too_many_jobs", "source_missing", "not_started",
     "short_job", "past_retention", "not_measured", "times_unknown"});
/// Of the lines of a graph whose lines are folded to these three.
inline constexpr auto kBands = std::to_array<std::string_view>({"min", "median", "max"});

using LimitKey = Key<kLimitKeys>;
using FoldKey = Key<kFoldKeys>;
using NoticeKey = Key<kNoticeKeys>;

/// A horizontal line: what was requested, or what there is.
struct Limit {
    LimitKey id;
    double value = 0;
};

/// There are more series than the graph shows.
struct Fold {
    FoldKey kind;
    std::size_t of = 0;
    std::string by{};  ///< what there are so many of: node, gpu or line
};

/// Nodes or GPUs whose mean over the graph's time is far from the median of all.
struct Apart {
    struct Thing {
        std::vector<prometheus::Label> labels;
        double mean = 0;
    };
    double median = 0;
    std::size_t count = 0;
    std::vector<Thing> things;  ///< the first few of them, the worst first
};

struct Graph {
    std::string slug;
    Unit unit = unit::kCores;
    Stack stack = Stack::No;
    std::optional<Limit> limit;
    std::optional<double> max;
    std::optional<Fold> fold;
    std::optional<Apart> apart{};
    std::vector<Series> series;
};

/// Something to say under a graph.
struct Notice {
    NoticeKey id;
    std::vector<prometheus::Label> arguments;
};

/// The answer of a graph URL: shape in the comment of views/static/js, one time axis for all.
struct Answer {
    TimeRange range;
    bool running = false;
    prometheus::Grid grid;
    std::vector<Graph> graphs;
    std::vector<Notice> notices;
    std::optional<Instant> newest{};  ///< when the newest sample was taken, if that was asked
};

/// True if there is nothing but zeros and gaps.
[[nodiscard]] bool is_zero(const Series& line);
/// Drops such series.
void drop_zeros(std::vector<Series>& series);

/// The line with the same labels as another one; null if there is none.
[[nodiscard]] const Series* same_line(const Series& line, const Graph& graph);
/// Takes a label from a line.
void drop_label(Series& line, std::string_view name);
/// The limit, up to which the axis goes; nothing if there is none (zero).
void set_limit(Graph& graph, LimitKey id, double value);

/// Sum of the values that there are.
[[nodiscard]] double total_of(const std::vector<double>& values);
/// Mean of the values that there are, or kGap.
[[nodiscard]] double mean_of(const Series& line);
/// Adds values to a sum point by point; a gap plus a gap stays one.
void add_values(std::vector<double>& sum, const std::vector<double>& values);

/// Keeps the larger value of each point, of two series of one thing; a gap is the smallest.
void keep_largest(std::vector<double>& kept, const std::vector<double>& values);
/// Joins lines of the same id and labels, which are about one thing: add_values or keep_largest.
void join_same(std::vector<Series>& series,
               void (*join)(std::vector<double>&, const std::vector<double>&) = &keep_largest);

/// Places of the lines by a number of each, the largest first, those without one last.
[[nodiscard]] std::vector<std::size_t> largest_first(
    const std::vector<Series>& lines, const std::function<double(const Series&)>& number);
/// Sorts lines like that.
void sort_lines(std::vector<Series>& lines, const std::function<double(const Series&)>& number);

/// Moves the values of a Prometheus series, times `factor`, into a line.
[[nodiscard]] Series take(prometheus::Series& from, std::string id,
                          std::vector<prometheus::Label> labels, double factor);

/// Whether the lines have many gaps of up to so many points, or there is no line: then what they
/// show is scraped less often than the question assumed. Longer gaps are times without a job.
[[nodiscard]] bool is_sparse(const std::vector<prometheus::Series>& lines, std::size_t longest);

/// What a host is called in any spelling of `instance`, to compare with: in lower case, without
/// port and domain. An address stays as it is.
[[nodiscard]] std::string node_key(std::string_view instance);

/// `instance` up to its port, without a configured domain.
[[nodiscard]] std::string node_of(std::string_view instance, std::string_view domain);

}  // namespace portal::graph
