#include "handlers/graphs/graph_json.h"

#include "fcgi/base/json_writer.h"

namespace portal::graph {
namespace {

constexpr int kDigits = 4;
constexpr std::size_t kBytesPerValue = 7;

void write_labels(JsonWriter& json, const std::vector<prometheus::Label>& labels) {
    json.begin_object();
    for (const auto& label : labels) json.key(label.name).value(label.value);
    json.end_object();
}

void write_series(JsonWriter& json, const Series& series) {
    json.begin_object();
    json.key("id").value(series.id);
    json.key("labels");
    write_labels(json, series.labels);
    if (!series.band.empty()) json.key("band").value(series.band);
    json.key("values").begin_array();
    for (const double value : series.values) json.number(value, kDigits);
    json.end_array();
    json.end_object();
}

void write_apart(JsonWriter& json, const Apart& apart) {
    json.key("apart").begin_object();
    json.key("median").number(apart.median, kDigits);
    json.key("count").value(static_cast<std::int64_t>(apart.count));
    json.key("things").begin_array();
    for (const Apart::Thing& thing : apart.things) {
        json.begin_object();
        json.key("labels");
        write_labels(json, thing.labels);
        json.key("mean").number(thing.mean, kDigits);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void write_graph(JsonWriter& json, const Graph& graph) {
    json.begin_object();
    json.key("slug").value(graph.slug);
    json.key("unit").value(graph.unit.word);
    json.key("stack").value(graph.stack == Stack::Yes);
    if (graph.limit) {
        json.key("limit").begin_object();
        json.key("id").value(graph.limit->id.text());
        json.key("value").number(graph.limit->value);
        json.end_object();
    }
    if (graph.max) json.key("max").number(*graph.max);
    if (graph.fold) {
        json.key("folded").begin_object();
        json.key("kind").value(graph.fold->kind.text());
        json.key("of").value(static_cast<std::int64_t>(graph.fold->of));
        if (!graph.fold->by.empty()) json.key("by").value(graph.fold->by);
        json.end_object();
    }
    if (graph.apart) write_apart(json, *graph.apart);
    json.key("series").begin_array();
    for (const Series& series : graph.series) write_series(json, series);
    json.end_array();
    json.end_object();
}

void write_time(JsonWriter& json, const Answer& answer) {
    json.key("range").begin_object();
    json.key("start").value(unix_seconds(answer.range.from));
    json.key("end").value(unix_seconds(answer.range.to));
    json.key("running").value(answer.running);
    if (answer.newest) json.key("newest").value(unix_seconds(*answer.newest));
    json.end_object();
    json.key("grid").begin_object();
    json.key("start").value(unix_seconds(answer.grid.start));
    json.key("step").value(static_cast<std::int64_t>(answer.grid.step.count()));
    json.key("n").value(static_cast<std::int64_t>(answer.grid.count));
    json.end_object();
}

void write_notices(JsonWriter& json, const std::vector<Notice>& notices) {
    json.key("notices").begin_array();
    for (const Notice& notice : notices) {
        json.begin_object();
        json.key("id").value(notice.id.text());
        json.key("args");
        write_labels(json, notice.arguments);
        json.end_object();
    }
    json.end_array();
}

std::size_t expected_size(const Answer& answer) {
    std::size_t values = 0;
    for (const Graph& graph : answer.graphs) values += graph.series.size() * answer.grid.count;
    return values * kBytesPerValue + 1024;
}

}  // namespace

std::string to_json(const Answer& answer) {
    JsonWriter json;
    json.reserve(expected_size(answer));
    json.begin_object();
    write_time(json, answer);
    json.key("graphs").begin_array();
    for (const Graph& graph : answer.graphs) write_graph(json, graph);
    json.end_array();
    write_notices(json, answer.notices);
    json.end_object();
    return json.take();
}

}  // namespace portal::graph
