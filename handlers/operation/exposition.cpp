#include "handlers/operation/exposition.h"

#include <array>
#include <charconv>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace portal::operation {
namespace {

using Labels = std::vector<std::pair<std::string_view, std::string>>;

/// As short as it can be without another meaning.
std::string number_text(double number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end.ptr};
}

/// Writes families of metrics; a family's samples must follow its head.
class Writer {
 public:
    void family(std::string_view name, std::string_view type, std::string_view help) {
        name_ = name;
        text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
        text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
    }

    void sample(const Labels& labels, const std::string& value, std::string_view ending = "") {
        text_.append(name_).append(ending);
        std::string_view before = "{";
        for (const auto& [label, content] : labels) {
            text_.append(before).append(label).append("=\"");
            append_escaped(content);
            text_ += '"';
            before = ",";
        }
        if (!labels.empty()) text_ += '}';
        text_.append(" ").append(value).append("\n");
    }

    void sample(const Labels& labels, std::uint64_t value) {
        sample(labels, std::to_string(value));
    }

    void histogram(const Labels& labels, const DurationHistogram::Counts& counts) {
        for (std::size_t i = 0; i < counts.at_most.size(); ++i) {
            Labels with_end = labels;
            with_end.emplace_back("le", end_of(i));
            sample(with_end, std::to_string(counts.at_most[i]), "_bucket");
        }
        sample(labels, number_text(counts.sum_seconds), "_sum");
        sample(labels, std::to_string(counts.count()), "_count");
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

 private:
    static std::string end_of(std::size_t bucket) {
        if (bucket >= DurationHistogram::kEnds.size()) return "+Inf";
        const auto end = DurationHistogram::kEnds[bucket];
        return number_text(std::chrono::duration<double>(end).count());
    }

    void append_escaped(std::string_view content) {
        for (const char c : content) {
            if (c == '\\' || c == '"') text_ += '\\';
            text_ += c == '\n' ? ' ' : c;
        }
    }

    std::string_view name_;
    std::string text_;
};

void write_pool(Writer& out, const Watched& watched) {
    out.family("userportal_build_info", "gauge", "The program that runs; always 1.");
    out.sample({{"version", watched.version}, {"build", watched.build}}, 1);
    out.family("userportal_pool_start_time_seconds", "gauge",
               "When this program began, or was replaced last.");
    out.sample({}, static_cast<std::uint64_t>(unix_seconds(watched.pool.started())));
    out.family("userportal_workers", "gauge", "Workers that the pool shall have.");
    out.sample({}, watched.pool.workers());
    out.family("userportal_workers_busy", "gauge", "Workers with a request in hand.");
    out.sample({}, watched.pool.busy());
    out.family("userportal_worker_deaths_total", "counter",
               "Workers that ended without being asked to; each was replaced.");
    out.sample({}, watched.pool.deaths());
    out.family("userportal_connections_refused_total", "counter",
               "Connections of the web server that were closed before a request came out of them.");
    for (const Arrival how :
         {Arrival::Silent, Arrival::Broken, Arrival::TooLong, Arrival::NoMemory}) {
        out.sample({{"reason", std::string(arrival_name(how))}}, watched.pool.refused(how));
    }
    out.family("userportal_audit_waiting_records", "gauge",
               "Records of who looked at whose data that are not in the database yet.");
    out.sample({}, watched.audit.waiting());
}

void write_settled(Writer& out, const SettledAnswers::Counts& counts) {
    out.family("userportal_settled_answers_total", "counter",
               "Answers about what is over: found here, or asked for and kept.");
    out.sample({{"outcome", "found"}}, counts.found);
    out.sample({{"outcome", "missed"}}, counts.missed);
    out.sample({{"outcome", "kept"}}, counts.kept);
}

Labels labels_of(const CountedRoute& route) {
    return {{"method", route.method}, {"route", route.pattern}};
}

void write_requests(Writer& out, const std::vector<RouteCounts>& requests) {
    out.family("userportal_requests_total", "counter",
               "Requests that were answered; no route: nothing is there.");
    for (const RouteCounts& counts : requests) {
        for (const auto& [status, count] : counts.by_status) {
            Labels labels = labels_of(counts.route);
            labels.emplace_back("status", std::to_string(status));
            out.sample(labels, count);
        }
    }
    out.family("userportal_request_duration_seconds", "histogram",
               "From when a worker took a request until its answer was sent.");
    for (const RouteCounts& counts : requests) {
        out.histogram(labels_of(counts.route), counts.durations);
    }
}

/// What is written of one source, and its labels.
struct Source {
    Labels labels;
    SourceCounts counts;
    bool left_alone = false;
};

std::vector<Source> read_sources(const Watched& watched) {
    std::vector<Source> all;
    for (const WatchedSource& one : watched.sources) {
        Labels labels = {{"source", source_name(one.id)}};
        if (!one.database.empty()) labels.emplace_back("database", one.database);
        all.push_back({labels, one.breaker.counts(one.id), one.breaker.leaves_alone(one.id)});
    }
    return all;
}

void write_outcomes(Writer& out, const Source& source) {
    const auto with = [&](std::string_view outcome) {
        Labels labels = source.labels;
        labels.emplace_back("outcome", std::string(outcome));
        return labels;
    };
    out.sample(with("answered"), source.counts.answered);
    for (const Fault fault : kFaults) {
        out.sample(with(fault_name(fault)), source.counts.failed[static_cast<std::size_t>(fault)]);
    }
    out.sample(with("left_alone"), source.counts.left_alone);
}

void write_sources(Writer& out, const std::vector<Source>& sources) {
    out.family("userportal_source_questions_total", "counter",
               "Questions to a source by how they ended; too_long: ended by the source itself; "
               "left_alone: not asked, since it hung.");
    for (const Source& source : sources) write_outcomes(out, source);
    out.family("userportal_source_question_duration_seconds", "histogram",
               "How long the source took, whatever it said.");
    for (const Source& source : sources) out.histogram(source.labels, source.counts.durations);
    out.family("userportal_source_left_alone", "gauge",
               "1 while the source hangs and only one worker at a time tries it.");
    for (const Source& source : sources) out.sample(source.labels, source.left_alone ? 1 : 0);
    out.family("userportal_source_last_answer_time_seconds", "gauge",
               "When the source answered last; absent: never.");
    for (const Source& source : sources) {
        if (!source.counts.last_answer) continue;
        const auto when = unix_seconds(*source.counts.last_answer);
        out.sample(source.labels, static_cast<std::uint64_t>(when));
    }
}

/// A family with one sample for each task that has a value.
template <class Value>
void write_tasks(Writer& out, const std::vector<database::TaskState>& tasks, Value value) {
    for (const database::TaskState& task : tasks) {
        const std::optional<std::uint64_t> number = value(task);
        if (number) out.sample({{"task", task.name}}, *number);
    }
}

void write_background(Writer& out, const database::BackgroundState& state) {
    using Task = database::TaskState;
    using Number = std::optional<std::uint64_t>;
    out.family("userportal_background_runs", "gauge",
               "1 while the background service runs on any host.");
    out.sample({}, state.runs ? 1 : 0);
    out.family("userportal_background_done_total", "counter", "What its tasks have done.");
    write_tasks(out, state.tasks, [](const Task& task) { return Number(task.done); });
    out.family("userportal_background_unreadable_total", "counter",
               "Jobs whose measurements could not be read.");
    write_tasks(out, state.tasks, [](const Task& task) { return Number(task.failed); });
    out.family("userportal_background_behind_seconds", "gauge",
               "How long ago the jobs ended that are next, beyond the usual delay; of "
               "storage, since when a day has no copy.");
    write_tasks(out, state.tasks, [](const Task& task) { return task.behind_s; });
    out.family("userportal_background_behind_jobs", "gauge",
               "How many jobs are waiting; 100000 or more are not counted.");
    write_tasks(out, state.tasks, [](const Task& task) { return task.behind_jobs; });
    out.family("userportal_background_slow", "gauge",
               "1 while a task rests longer because a source is away or slow.");
    write_tasks(out, state.tasks, [](const Task& task) { return Number(task.slow ? 1 : 0); });
    out.family("userportal_background_last_step_time_seconds", "gauge", "When a task worked last.");
    write_tasks(out, state.tasks, [](const Task& task) {
        return Number(static_cast<std::uint64_t>(unix_seconds(task.stepped)));
    });
}

}  // namespace

std::string exposition(const Watched& watched,
                       const std::optional<database::BackgroundState>& background) {
    Writer out;
    write_pool(out, watched);
    write_settled(out, watched.settled.counts());
    write_requests(out, watched.pool.requests());
    write_sources(out, read_sources(watched));
    if (background) write_background(out, *background);
    return out.take();
}

}  // namespace portal::operation
