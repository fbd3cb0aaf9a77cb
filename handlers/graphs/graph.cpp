#include "handlers/graphs/graph.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/response_writer.h"

namespace portal::graph {
namespace {

constexpr std::size_t kMostPlainSeries = 8;
constexpr std::size_t kNamedWorst = 3;
constexpr std::size_t kLargestNamed = 12;
constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    std::size_t count = 0;
    for (const double value : values) {
        if (std::isnan(value)) continue;
        sum += value;
        ++count;
    }
    return count == 0 ? kGap : sum / static_cast<double>(count);
}

/// Values of all series at one point, sorted, without gaps.
void column_of(const std::vector<Series>& series, std::size_t point, std::vector<double>& column) {
    column.clear();
    for (const Series& line : series) {
        if (!std::isnan(line.values[point])) column.push_back(line.values[point]);
    }
    std::sort(column.begin(), column.end());
}

Series band(const Series& like, std::string name) {
    return {.id = like.id, .labels = {}, .values = {}, .band = std::move(name)};
}

std::vector<Series> bands_of(const std::vector<Series>& series) {
    std::vector<Series> bands = {band(series[0], "min"), band(series[0], "median"),
                                 band(series[0], "max")};
    const std::size_t points = series[0].values.size();
    for (Series& line : bands) line.values.assign(points, kGap);
    std::vector<double> column;
    for (std::size_t point = 0; point < points; ++point) {
        column_of(series, point, column);
        if (column.empty()) continue;
        bands[0].values[point] = column.front();
        bands[1].values[point] = column[column.size() / 2];
        bands[2].values[point] = column.back();
    }
    return bands;
}

/// Indexes of the series with the worst means, the worst first.
std::vector<std::size_t> worst_of(const std::vector<Series>& series, Worst worst) {
    std::vector<double> means;
    means.reserve(series.size());
    for (const Series& line : series) means.push_back(mean_of(line.values));
    std::vector<std::size_t> order(series.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        if (std::isnan(means[right])) return !std::isnan(means[left]);
        if (std::isnan(means[left])) return false;
        return worst == Worst::Highest ? means[left] > means[right] : means[left] < means[right];
    });
    order.resize(std::min(order.size(), kNamedWorst));
    return order;
}

/// Bands over the lines of one kind, and the worst of them.
std::vector<Series> folded(std::vector<Series> lines, Worst worst) {
    std::vector<Series> shown = bands_of(lines);
    for (const std::size_t index : worst_of(lines, worst)) {
        shown.push_back(std::move(lines[index]));
    }
    return shown;
}

}  // namespace

void add_values(std::vector<double>& sum, const std::vector<double>& values) {
    for (std::size_t point = 0; point < sum.size(); ++point) {
        if (std::isnan(values[point])) continue;
        sum[point] = std::isnan(sum[point]) ? values[point] : sum[point] + values[point];
    }
}

void drop_zeros(std::vector<Series>& series) {
    std::erase_if(series, [](const Series& line) {
        return std::all_of(line.values.begin(), line.values.end(),
                           [](double value) { return std::isnan(value) || value == 0; });
    });
}

void fold_min_median_max(Graph& graph, Worst worst) {
    const std::size_t count = graph.series.size();
    std::map<std::string, std::vector<Series>> kinds;
    for (Series& line : graph.series) kinds[line.id].push_back(std::move(line));
    graph.series.clear();
    for (auto& [id, lines] : kinds) {
        const bool many = lines.size() > kMostPlainSeries;
        std::vector<Series> shown = many ? folded(std::move(lines), worst) : std::move(lines);
        std::move(shown.begin(), shown.end(), std::back_inserter(graph.series));
        if (many) graph.fold = Fold{"min_median_max", count};
    }
    if (graph.fold && graph.fold->kind == "min_median_max") graph.stack = Stack::No;
}

namespace {

double total_of(const Series& line) {
    double sum = 0;
    for (const double value : line.values) sum += std::isnan(value) ? 0 : value;
    return sum;
}

/// Lines of one kind: the largest as they are, the others in one.
void keep_largest(std::vector<Series>& lines, std::size_t most) {
    if (lines.size() <= most) return;
    std::vector<double> totals;
    totals.reserve(lines.size());
    for (const Series& line : lines) totals.push_back(total_of(line));
    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return totals[left] > totals[right];
    });
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most));
    const std::string& id = lines.front().id;
    Series others{id == "user" ? "others" : "others_" + id, {}, {}, {}};
    others.values.assign(lines.front().values.size(), kGap);
    std::vector<Series> kept;
    for (std::size_t place = 0; place < order.size(); ++place) {
        if (place < most) {
            kept.push_back(std::move(lines[order[place]]));
        } else {
            add_values(others.values, lines[order[place]].values);
        }
    }
    kept.push_back(std::move(others));
    lines = std::move(kept);
}

}  // namespace

void fold_largest(Graph& graph) {
    const std::size_t count = graph.series.size();
    if (count <= kLargestNamed) return;
    std::vector<std::string> ids;
    std::map<std::string, std::vector<Series>> kinds;
    for (Series& line : graph.series) {
        if (!kinds.contains(line.id)) ids.push_back(line.id);
        kinds[line.id].push_back(std::move(line));
    }
    graph.series.clear();
    const auto several = std::count_if(kinds.begin(), kinds.end(),
                                       [](const auto& kind) { return kind.second.size() > 1; });
    const std::size_t most = kLargestNamed / static_cast<std::size_t>(std::max<long>(several, 1));
    for (const std::string& id : ids) {
        keep_largest(kinds[id], std::max<std::size_t>(most, 1));
        std::move(kinds[id].begin(), kinds[id].end(), std::back_inserter(graph.series));
    }
    if (graph.series.size() < count) graph.fold = Fold{"largest", count};
}

bool wants_all_series(const Request& request) {
    const auto series = request.parameter("series");
    if (series && *series != "all") throw HttpError(400, "");
    return series.has_value();
}

Series take(prometheus::Series& from, std::string id, std::vector<prometheus::Label> labels,
            double factor) {
    Series line{std::move(id), std::move(labels), std::move(from.values), {}};
    if (factor != 1) {
        for (double& value : line.values) value *= factor;
    }
    return line;
}

void correct_first_rates(std::vector<double>& values, const prometheus::Grid& grid, Instant since,
                         Seconds window, Seconds interval) {
    for (std::size_t point = 0; point < values.size(); ++point) {
        const Seconds lived = grid.at(point) - since;
        if (lived >= window) return;
        if (lived.count() <= 0) {
            values[point] = kGap;
            continue;
        }
        const Seconds counted = std::max(lived, interval);
        values[point] *= static_cast<double>(window.count()) / static_cast<double>(counted.count());
    }
}

std::string node_of(std::string_view instance, std::string_view domain) {
    std::string_view host = instance.substr(0, instance.find(':'));
    if (!domain.empty() && host.ends_with(domain)) {
        host.remove_suffix(domain.size());
        if (host.ends_with('.')) host.remove_suffix(1);
    }
    return std::string(host);
}

std::string etag_of(std::string_view dependencies) {
    return '"' + text::fingerprint(dependencies) + '"';
}

namespace {

std::string cache_control(Seconds fresh) {
    if (fresh.count() == 0) return "private, no-cache";
    return "private, max-age=" + std::to_string(fresh.count());
}

}  // namespace

Response respond(const Answer& answer, const std::string& etag, Seconds fresh) {
    Response response;
    response.content_type = "application/json";
    response.body = to_json(answer);
    const bool whole = answer.notices.empty();
    if (whole && !etag.empty()) response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Cache-Control", cache_control(whole ? fresh : Seconds{0}));
    return response;
}

Response not_modified(const std::string& etag, Seconds fresh) {
    return portal::not_modified(etag, cache_control(fresh));
}

}  // namespace portal::graph
