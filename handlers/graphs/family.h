#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/context.h"
#include "handlers/graphs/by_node.h"
#include "handlers/graphs/graph.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/page/page_range.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::graph {

/// How much of a graph is shown: what one can tell apart, one line for each node, every series.
enum class Detail { Summary, Nodes, All };

/// What the address of a graph requests.
struct Ask {
    TimeRange range;
    prometheus::Grid grid;
    Seconds interval;                 ///< of the exporter
    Detail detail = Detail::Summary;  ///< ?series=nodes or all
    const Site& site;
    std::string_view only = {};  ///< the one graph of its family that is shown; empty: all
};

/// The longest window of a rate that still looks like the moment; what is scraped so seldom that it
/// does not hold two samples has no rate.
inline constexpr Seconds kSeldom = std::chrono::minutes{10};
/// The same question with windows of that length.
[[nodiscard]] Ask seldom(const Ask& ask);

/// Lines, and the window of their rates.
struct Lines {
    prometheus::SeriesSet set;
    Seconds window;
};
/// Whether they have the gaps of samples that come more seldom than such a window needs.
[[nodiscard]] bool are_seldom(const Lines& lines, const Ask& ask);

/// An exporter: whether the site has it, and how often it is scraped.
struct Exporter {
    bool enabled = false;
    Seconds interval{0};
};

/// One of the site's exporters: `&exporter<&Exporters::job>`.
template <auto member>
[[nodiscard]] Exporter exporter(const Exporters& all) {
    return {(all.*member).enabled, (all.*member).interval};
}

/// Whether a line shows values of its metric, or counts its series.
enum class How { Value, Count };

/// The lines of one metric in a graph.
struct Line {
    promql::Literal part;  ///< tells it from the other lines of its family
    metric::Metric metric;
    std::string_view id = part.text();  ///< word key, shown in JSON
    How how = How::Value;
    /// Word key by the labels of a series, instead of `id`.
    std::string (*id_of)(const prometheus::Series&) = nullptr;
    /// Whether this site's exporter has it; null: all have.
    bool (*known)(const Site&) = nullptr;

    [[nodiscard]] bool known_to(const Site& site) const { return known == nullptr || known(site); }
};

/// What many lines become: see fold.h.
enum class Folding { None, MinMedianMaxAndLowest, MinMedianMaxAndHighest, Largest };

/// Whether lines that are zero throughout are shown.
enum class Zeros { Shown, Dropped };

/// One graph: a row of its family's table.
struct Row {
    std::string_view slug;
    Unit unit = unit::kCores;
    Stack stack = Stack::No;
    std::vector<Line> lines = {};
    /// Labels that name a line, in this order; `node` is the label `instance` without port and
    /// domain. Those that a series lacks are left out.
    std::vector<std::string_view> labels = {};
    Folding folding = Folding::None;
    Zeros zeros = Zeros::Shown;
    std::optional<NodeView> by_node = {};  ///< from nine nodes on, instead of folding
    std::optional<double> max = {};
};

/// Graphs, and what to say under them.
struct Drawn {
    std::vector<Graph> graphs;
    std::vector<Notice> notices = {};
    std::optional<Instant> newest = {};  ///< when the newest sample was taken, if that was asked
};

/// One of several queries over the same points in time.
struct Part {
    promql::Literal name;
    promql::Expr query;
};

/// Parts that are under way: a question for each, or one for all, whose series name their part.
struct Asked {
    std::vector<prometheus::Ticket> tickets;
    std::vector<promql::Literal> names;  ///< of the parts; empty if the series name them
};

/// Asks for all parts, of which there is at least one. The one place that joins them: those of one
/// moment only, since Prometheus joins anew at every point of a range, which costs it many times
/// what the parts cost one by one.
[[nodiscard]] Asked ask_parts(std::span<const Part> parts, const prometheus::Grid& grid,
                              Context& context);
/// All series; the label `part` says of which part. Errors: any Fault of Prometheus.
[[nodiscard]] Result<prometheus::SeriesSet> collect_parts(const Asked& asked, Context& context);

/// A counter as its rate, a gauge as it is or as the mean of each step.
[[nodiscard]] promql::Expr sampled(const metric::Metric& metric, const promql::Selector& selector,
                                   const Ask& ask);

/// The graphs of some rows without lines.
[[nodiscard]] std::vector<Graph> blank_graphs(std::span<const Row> rows);

/// The graphs with their lines. The values are moved out of `found`, the labels stay.
[[nodiscard]] std::vector<Graph> sort_parts(std::span<const Row> rows, prometheus::SeriesSet& found,
                                            const Site& site);

/// The graph of that slug. Throws std::logic_error if there is none.
[[nodiscard]] Graph& named(std::vector<Graph>& graphs, std::string_view slug);

/// Graphs that one question answers. The family's own slug gives all of them, that of a graph the
/// graph alone. `Subject` is what they are about: a job, a person, an account.
template <class Subject>
struct Family {
    std::string_view slug;
    std::string_view section = "";  ///< of its page: cpu, memory, gpu, files, node, power
    Exporter (*exporter)(const Exporters&) = nullptr;
    std::vector<Row> graphs = {};
    /// The query of one line.
    promql::Expr (*question)(const Line&, const Subject&, const Ask&) = nullptr;
    /// Adds limits and the like to graphs that have their lines; of `found` the labels are left.
    void (*finish)(std::vector<Graph>&, const prometheus::SeriesSet& found, const Subject&,
                   const Ask&) = nullptr;
    /// Draws the graphs where more is to be asked or calculated; null: draw_lines(). Errors: any
    /// Fault of the page's primary source.
    Result<Drawn> (*draw)(const Family&, const Subject&, const Ask&, Context&) = nullptr;
    /// Whether the subject can have such graphs; null: it can.
    bool (*fits)(const Subject&, const Site&) = nullptr;
    const RangePresets* ranges = nullptr;  ///< null: those of the page

    /// The graph that an answer may be asked for alone: one with lines of its own.
    [[nodiscard]] std::string_view alone(std::string_view wanted) const {
        const auto row = std::find_if(graphs.begin(), graphs.end(),
                                      [&](const Row& one) { return one.slug == wanted; });
        const bool has_lines = row != graphs.end() && !row->lines.empty();
        return has_lines && wanted != slug ? wanted : std::string_view{};
    }
    /// A graph alone needs its own lines only, a list of nodes those that count.
    [[nodiscard]] static bool is_wanted(const Row& row, const Line& line, const Ask& ask) {
        if (!ask.only.empty() && row.slug != ask.only) return false;
        if (ask.detail != Detail::Nodes || !row.by_node) return true;
        return row.by_node->id.empty() || row.by_node->id == line.id;
    }
    [[nodiscard]] bool has_nodes() const {
        return std::any_of(graphs.begin(), graphs.end(),
                           [](const Row& row) { return row.by_node.has_value(); });
    }

    /// All lines in one question.
    [[nodiscard]] Asked ask_lines(const Subject& subject, const Ask& ask, Context& context) const {
        std::vector<Part> parts;
        for (const Row& row : graphs) {
            for (const Line& line : row.lines) {
                if (line.known_to(ask.site) && is_wanted(row, line, ask)) {
                    parts.push_back({line.part, question(line, subject, ask)});
                }
            }
        }
        return ask_parts(parts, ask.grid, context);
    }

    [[nodiscard]] bool shows_rates(const Site& site) const {
        for (const Row& row : graphs) {
            for (const Line& line : row.lines) {
                if (line.known_to(site) && line.metric.kind == metric::Kind::Counter) return true;
            }
        }
        return false;
    }

    /// The lines. Rates with gaps are asked for once more over a longer window: samples may be
    /// scraped less often than the configuration says.
    [[nodiscard]] Result<Lines> collect_lines(const Asked& asked, const Subject& subject,
                                              const Ask& ask, Context& context) const {
        auto found = collect_parts(asked, context);
        if (!found.ok()) return found.error();
        Lines lines{std::move(found).value(), rate_window(ask.grid, ask.interval)};
        if (!shows_rates(ask.site) || !are_seldom(lines, ask)) return lines;
        found = collect_parts(ask_lines(subject, seldom(ask), context), context);
        if (!found.ok()) return found.error();
        return Lines{std::move(found).value(), kSeldom};
    }

    /// The graphs from their lines.
    [[nodiscard]] Result<Drawn> draw_lines(const Subject& subject, const Ask& ask,
                                           Context& context) const {
        auto found = collect_lines(ask_lines(subject, ask, context), subject, ask, context);
        if (!found.ok()) return found.error();
        prometheus::SeriesSet set = std::move(found).value().set;
        Drawn drawn{sort_parts(graphs, set, ask.site)};
        if (finish != nullptr) finish(drawn.graphs, set, subject, ask);
        return drawn;
    }

    [[nodiscard]] Result<Drawn> drawn(const Subject& subject, const Ask& ask,
                                      Context& context) const {
        if (draw == nullptr) return draw_lines(subject, ask, context);
        return draw(*this, subject, ask, context);
    }
};

template <class Subject>
using Families = std::vector<Family<Subject>>;

}  // namespace portal::graph
