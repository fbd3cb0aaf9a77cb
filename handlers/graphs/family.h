#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/context.h"
#include "handlers/graphs/fold.h"
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
    [[nodiscard]] bool is(promql::Literal one) const { return part.text() == one.text(); }
};

/// Whether lines that are zero throughout are shown: always, never, or beside others that are not.
enum class Zeros { Shown, Dropped, BesideOthers };

/// One graph: a row of its family's table.
struct Row {
    std::string slug;
    Unit unit = unit::kCores;
    Stack stack = Stack::No;
    std::vector<Line> lines = {};
    /// Labels that name a line, in this order; `node` is the label `instance` without port and
    /// domain. Those that a series lacks are left out.
    std::vector<std::string_view> labels = {};
    void (*fold)(Graph&) = nullptr;  ///< what becomes of many lines: see fold.h
    Zeros zeros = Zeros::Shown;
    std::optional<NodeView> by_node = {};  ///< where there are many nodes, instead of `fold`
    std::optional<double> max = {};
    /// Word keys of lines that no question of the table gives: Family::beside makes them.
    std::vector<std::string_view> made = {};
};

/// Graphs, and what to say under them.
struct Drawn {
    std::vector<Graph> graphs;
    std::vector<Notice> notices = {};
    std::optional<Instant> newest = {};  ///< when the newest sample was taken, if that was asked

    /// The graph of that slug. Throws std::logic_error if there is none.
    [[nodiscard]] Graph& named(std::string_view slug);
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

/// Asks for all parts. The one place that joins them: those of one moment only, since Prometheus
/// joins anew at every point of a range, which costs it many times what the parts cost one by one.
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

/// Series of the lines, which have only their labels once they are drawn, and the window of rates.
struct Lines {
    prometheus::SeriesSet set;
    Seconds window;
};

/// The query of a line.
using Question = std::function<promql::Expr(const Line&, const Ask&)>;
/// What becomes of graphs that have their lines. Errors: any Fault of the page's primary source.
using Finish = std::function<Result<Drawn>(Drawn, const Lines&)>;

/// Asks for the lines that are wanted, and meanwhile for what `beside` asks; draws the lines, then
/// finishes them. Rates with gaps are asked for once more over a longer window: samples may be
/// scraped less often than the configuration says.
[[nodiscard]] Result<Drawn> draw(std::span<const Row> rows, const Question& question,
                                 const std::function<Finish()>& beside, const Ask& ask,
                                 Context& context);

/// Graphs that one question answers. The family's own slug gives all of them, that of a graph the
/// graph alone. `Subject` is what they are about: a job, a person, an account.
template <class Subject>
struct Family {
    std::string slug;
    std::string_view section = "";  ///< of its page: cpu, memory, gpu, files, node, power
    Exporter (*exporter)(const Exporters&) = nullptr;
    std::vector<Row> graphs = {};
    /// The query of one line.
    promql::Expr (*question)(const Line&, const Subject&, const Ask&) = nullptr;
    /// Asks for what else the graphs need and says what becomes of them: limits, arithmetic.
    Finish (*beside)(const Subject&, const Ask&, Context&) = nullptr;
    /// Whether the subject can have such graphs; null: it can.
    bool (*fits)(const Subject&, const Site&) = nullptr;
    const RangePresets* ranges = nullptr;  ///< null: those of the page

    /// Errors: any Fault of the page's primary source.
    [[nodiscard]] Result<Drawn> drawn(const Subject& subject, const Ask& ask,
                                      Context& context) const {
        return draw(
            graphs,
            [&](const Line& line, const Ask& asked) { return question(line, subject, asked); },
            [&] { return beside == nullptr ? Finish{} : beside(subject, ask, context); }, ask,
            context);
    }
};

template <class Subject>
using Families = std::vector<Family<Subject>>;

}  // namespace portal::graph
