#include "handlers/graphs/family.h"

#include <algorithm>
#include <stdexcept>

namespace portal::graph {
namespace {

using prometheus::Label;

std::vector<Label> labels_of(const prometheus::Series& series, const Row& row, const Site& site) {
    std::vector<Label> labels;
    labels.reserve(row.labels.size());
    for (const std::string_view name : row.labels) {
        const bool node = name == "node";
        const std::string_view value = series.label(node ? "instance" : name);
        if (value.empty()) continue;
        labels.push_back({std::string(name),
                          node ? node_of(value, site.exporters.node.domain) : std::string(value)});
    }
    return labels;
}

double factor_of(const Line& line, Unit unit) {
    return line.how == How::Count ? 1 : unit.per_base / metric::per_base(line.metric.unit);
}

void add_series(Graph& graph, const Row& row, prometheus::Series& series, const Site& site) {
    const std::string_view part = series.label("part");
    for (const Line& line : row.lines) {
        if (line.part.text() != part || !line.known_to(site)) continue;
        std::string id = line.id_of != nullptr ? line.id_of(series) : std::string(line.id);
        graph.series.push_back(
            take(series, std::move(id), labels_of(series, row, site), factor_of(line, row.unit)));
        return;
    }
}

/// A graph alone needs its own lines only, a list of nodes those that count.
bool is_wanted(const Row& row, const Line& line, const Ask& ask) {
    if (!line.known_to(ask.site) || !(ask.only.empty() || row.slug == ask.only)) return false;
    if (ask.detail != Detail::Nodes || !row.by_node) return true;
    return row.by_node->id.empty() || row.by_node->id == line.id;
}

Asked ask_lines(std::span<const Row> rows, const Question& question, const Ask& ask,
                Context& context) {
    std::vector<Part> parts;
    for (const Row& row : rows) {
        for (const Line& line : row.lines) {
            if (is_wanted(row, line, ask)) parts.push_back({line.part, question(line, ask)});
        }
    }
    return ask_parts(parts, ask.grid, context);
}

bool shows_rates(std::span<const Row> rows, const Site& site) {
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return std::any_of(row.lines.begin(), row.lines.end(), [&](const Line& line) {
            return line.known_to(site) && line.metric.kind == metric::Kind::Counter;
        });
    });
}

/// Whether lines have the gaps of samples that come more seldom than the window of rates needs.
bool are_seldom(const Lines& lines, const Ask& ask) {
    return lines.window < kSeldom &&
           is_sparse(lines.set.series, static_cast<std::size_t>(kSeldom / ask.grid.step));
}

Result<Lines> collect_lines(const Asked& asked, const Ask& ask, Context& context) {
    auto found = collect_parts(asked, context);
    if (!found.ok()) return found.error();
    return Lines{std::move(found).value(), rate_window(ask.grid, ask.interval)};
}

}  // namespace

Asked ask_parts(std::span<const Part> parts, const prometheus::Grid& grid, Context& context) {
    Asked asked;
    if (grid.instant() && parts.size() > 1) {
        std::vector<promql::Expr> all;
        all.reserve(parts.size());
        for (const Part& part : parts) all.push_back(promql::tagged(part.name, part.query));
        asked.tickets.push_back(context.metrics.ask({promql::either(all), grid}));
        return asked;
    }
    for (const Part& part : parts) {
        asked.tickets.push_back(context.metrics.ask({part.query, grid}));
        asked.names.push_back(part.name);
    }
    return asked;
}

Result<prometheus::SeriesSet> collect_parts(const Asked& asked, Context& context) {
    prometheus::SeriesSet all;
    std::optional<SourceError> failed;
    for (std::size_t index = 0; index < asked.tickets.size(); ++index) {
        auto answer = context.metrics.collect(asked.tickets[index]);
        if (!answer.ok()) failed = failed.value_or(answer.error());
        if (failed) continue;
        if (asked.names.empty()) return answer;
        prometheus::SeriesSet set = std::move(answer).value();
        all.grid = set.grid;
        const std::string name(asked.names[index].text());
        for (prometheus::Series& series : set.series) {
            series.labels.push_back({"part", name});
            all.series.push_back(std::move(series));
        }
    }
    if (failed) return *failed;
    return all;
}

promql::Expr sampled(const metric::Metric& metric, const promql::Selector& selector,
                     const Ask& ask) {
    if (metric.kind == metric::Kind::Gauge) return gauge(selector, ask.grid, ask.interval);
    return selector.rate(rate_window(ask.grid, ask.interval));
}

std::vector<Graph> blank_graphs(std::span<const Row> rows) {
    std::vector<Graph> graphs;
    graphs.reserve(rows.size());
    for (const Row& row : rows) {
        graphs.push_back({.slug = std::string(row.slug),
                          .unit = row.unit,
                          .stack = row.stack,
                          .limit = {},
                          .max = row.max,
                          .fold = {},
                          .series = {}});
    }
    return graphs;
}

std::vector<Graph> sort_parts(std::span<const Row> rows, prometheus::SeriesSet& found,
                              const Site& site) {
    std::vector<Graph> graphs = blank_graphs(rows);
    for (prometheus::Series& series : found.series) {
        for (std::size_t place = 0; place < rows.size(); ++place) {
            add_series(graphs[place], rows[place], series, site);
        }
    }
    for (Graph& graph : graphs) join_same(graph.series);
    for (std::size_t place = 0; place < rows.size(); ++place) {
        if (rows[place].zeros == Zeros::Dropped) drop_zeros(graphs[place].series);
    }
    return graphs;
}

Graph& Drawn::named(std::string_view slug) {
    const auto found = std::find_if(graphs.begin(), graphs.end(),
                                    [&](const Graph& graph) { return graph.slug == slug; });
    if (found == graphs.end()) throw std::logic_error("no graph " + std::string(slug));
    return *found;
}

Result<Drawn> draw(std::span<const Row> rows, const Question& question,
                   const std::function<Finish()>& beside, const Ask& ask, Context& context) {
    const Asked asked = ask_lines(rows, question, ask, context);
    const Finish finish = beside();
    auto found = collect_lines(asked, ask, context);
    if (found.ok() && shows_rates(rows, ask.site) && are_seldom(found.value(), ask)) {
        Ask longer = ask;
        longer.interval = kSeldom / kScrapesOfRate;
        found = collect_lines(ask_lines(rows, question, longer, context), longer, context);
    }
    if (!found.ok()) return found.error();
    Lines lines = std::move(found).value();
    Result<Drawn> drawn = Drawn{sort_parts(rows, lines.set, ask.site)};
    if (finish) drawn = finish(std::move(drawn).value(), lines);
    if (!drawn.ok()) return drawn;
    Drawn done = std::move(drawn).value();
    for (const Row& row : rows) {
        std::vector<Series>& series = done.named(row.slug).series;
        const bool zero = std::all_of(series.begin(), series.end(), &is_zero);
        if (row.zeros == Zeros::BesideOthers && zero) series.clear();
    }
    return done;
}

}  // namespace portal::graph
