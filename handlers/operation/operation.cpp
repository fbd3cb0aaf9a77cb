#include "handlers/operation/operation.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "fcgi/base/json_writer.h"
#include "handlers/operation/exposition.h"
#include "handlers/sources/own/summaries/task_db.h"

namespace portal::operation {
namespace {

Response answer(std::string content_type, std::string body) {
    Response response;
    response.content_type = std::move(content_type);
    response.body = std::move(body);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

std::string_view state_of(const WatchedSource& source, const SourceCounts& counts) {
    if (source.breaker.leaves_alone(source.id)) return "left_alone";
    if (counts.answers()) return "ok";
    return counts.last_failure ? "failing" : "not_asked";
}

void write_time(JsonWriter& json, std::string_view key, const std::optional<Instant>& when) {
    json.key(key);
    if (when) {
        json.value(unix_seconds(*when));
    } else {
        json.null();
    }
}

void write_source(JsonWriter& json, const WatchedSource& source) {
    const SourceCounts counts = source.breaker.counts(source.id);
    json.begin_object();
    json.key("source").value(source_name(source.id));
    if (!source.database.empty()) json.key("database").value(source.database);
    json.key("state").value(state_of(source, counts));
    write_time(json, "last_answer", counts.last_answer);
    write_time(json, "last_failure", counts.last_failure);
    if (counts.last_failure) json.key("last_fault").value(fault_name(counts.last_fault));
    json.end_object();
}

bool in_order(const WatchedSource& source) {
    const std::string_view state = state_of(source, source.breaker.counts(source.id));
    return state == "ok" || state == "not_asked";
}

/// The background service; empty: the site has none, or its state cannot be read now.
std::optional<database::BackgroundState> background_of(Context& context) {
    if (!context.site.scripts.enabled) return std::nullopt;
    auto found = context.portal_db.tasks().background();
    if (!found.ok()) return std::nullopt;
    return std::move(found).value();
}

void write_task(JsonWriter& json, const database::TaskState& task) {
    const auto number = [&](std::string_view key, const std::optional<std::uint64_t>& value) {
        json.key(key);
        if (value) {
            json.value(static_cast<std::int64_t>(*value));
        } else {
            json.null();
        }
    };
    json.begin_object();
    json.key("task").value(task.name);
    number("done", task.done);
    number("unreadable", task.failed);
    number("behind_seconds", task.behind_s);
    number("behind_jobs", task.behind_jobs);
    json.key("state").value(task.slow ? "slow" : "ok");
    write_time(json, "last_step", task.stepped);
    write_time(json, "last_error_time", task.error_at);
    if (task.error_at) json.key("last_error").value(task.error);
    json.end_object();
}

/// Who and how far; null: not known.
void write_background(JsonWriter& json, const std::optional<database::BackgroundState>& state) {
    json.key("background");
    if (!state) {
        json.null();
        return;
    }
    json.begin_object();
    json.key("runs").value(std::string_view(state->runs ? "yes" : "no"));
    json.key("host").value(std::string_view(state->holder).substr(0, state->holder.find(':')));
    json.key("tasks").begin_array();
    for (const database::TaskState& task : state->tasks) write_task(json, task);
    json.end_array();
    json.end_object();
}

/// GET /health: 200 as long as the workers serve. Whoever balances load must not take a host away
/// because a source is missing that all hosts miss; `status` says that.
Response health(const Visit& /*visit*/, Context& context) {
    const Watched& watched = context.watched;
    const bool good = std::all_of(watched.sources.begin(), watched.sources.end(), &in_order);
    JsonWriter json;
    json.begin_object();
    json.key("status").value(good ? "ok" : "degraded");
    json.key("cluster").value(context.site.cluster);
    json.key("version").value(watched.version);
    json.key("build").value(watched.build);
    write_time(json, "started", watched.pool.started());
    json.key("workers").value(std::int64_t{watched.pool.workers()});
    json.key("workers_busy").value(std::int64_t{watched.pool.busy()});
    json.key("worker_deaths").value(static_cast<std::int64_t>(watched.pool.deaths()));
    json.key("audit_waiting").value(static_cast<std::int64_t>(watched.audit.waiting()));
    json.key("sources").begin_array();
    for (const WatchedSource& source : watched.sources) write_source(json, source);
    json.end_array();
    if (context.site.scripts.enabled) write_background(json, background_of(context));
    json.end_object();
    return answer("application/json", json.take() + "\n");
}

/// GET /metrics.
Response metrics(const Visit& /*visit*/, Context& context) {
    return answer("text/plain; version=0.0.4; charset=utf-8",
                  exposition(context.watched, background_of(context)));
}

Routes routes() {
    return {
        {Method::Get, "/health", Access::Operator, &health},
        {Method::Get, "/metrics", Access::Operator, &metrics},
        {Method::Get, "/api/health/", Access::Operator, &health},
        {Method::Get, "/api/metrics/", Access::Operator, &metrics},
    };
}

}  // namespace

Module module() {
    return {
        .routes = routes(),
        .sections = {{"operation", config::Naming::Plain, &read_operation}},
    };
}

}  // namespace portal::operation
