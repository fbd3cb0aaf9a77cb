#include "handlers/jobstats/user/ranked_export.h"

#include <array>
#include <optional>
#include <utility>

#include "fcgi/base/text.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/user/job_export.h"
#include "handlers/jobstats/user/ranked_jobs.h"
#include "handlers/page/csv_cell.h"
#include "handlers/page/errors.h"
#include "views/base/format.h"

namespace portal::jobstats {
namespace {

using database::Summary;

constexpr std::uint32_t kRowsAtOnce = 1000;

struct TextColumn {
    std::string_view head;
    std::string (*text)(const Summary& job);
};

std::string moment(std::uint32_t seconds) {
    return views::format::iso(from_unix(seconds));
}

constexpr auto kTexts = std::to_array<TextColumn>({
    {"job", [](const Summary& job) { return csv_cell(job_number(job_of(job))); }},
    {"name", [](const Summary& job) { return csv_cell(text::to_utf8(job.name)); }},
    {"account", [](const Summary& job) { return csv_cell(text::to_utf8(job.account)); }},
    {"partition", [](const Summary& job) { return csv_cell(text::to_utf8(job.partition)); }},
    {"state", [](const Summary& job) { return std::string(slurm_name(job_of(job).state)); }},
    {"submitted", [](const Summary& job) { return moment(job.time_submit); }},
    {"started",
     [](const Summary& job) { return job.time_start ? moment(*job.time_start) : std::string(); }},
    {"ended", [](const Summary& job) { return moment(job.time_end); }},
});

struct NumberColumn {
    std::string_view head;
    Summary::Number Summary::*place;
    double unit = 1;
};

constexpr auto kNumbers = std::to_array<NumberColumn>({
    {"waited [s]", &Summary::wait_s},
    {"run time [s]", &Summary::run_s},
    {"time limit [s]", &Summary::time_limit_s},
    {"nodes", &Summary::nodes},
    {"cores", &Summary::cores},
    {"cores used", &Summary::cores_used},
    {"core-hours wasted", &Summary::wasted_core_s, kSecondsPerHour},
    {"memory [B]", &Summary::memory},
    {"peak memory used [B]", &Summary::memory_peak},
    {"GPUs", &Summary::gpus},
    {"GPU use [0-1]", &Summary::gpu_used},
    {"GPU-hours wasted", &Summary::wasted_gpu_s, kSecondsPerHour},
    {"energy [kWh]", &Summary::energy_j, kJoulesPerKwh},
    {"cost", &Summary::cost},
    {"cost of what was wasted", &Summary::wasted_cost},
    {"measured [0-1]", &Summary::covered},
    {"GPUs measured [0-1]", &Summary::gpu_covered},
    {"energy measured [0-1]", &Summary::energy_covered},
});

template <class Text, class Number>
std::string row_of(const Text& text_of, const Number& number_of) {
    std::string row;
    for (const TextColumn& column : kTexts) row.append(text_of(column)).append(",");
    for (const NumberColumn& column : kNumbers) {
        if (&column != kNumbers.data()) row += ',';
        row += number_of(column);
    }
    return row.append(kRowEnd);
}

std::string heads() {
    const auto head = [](const auto& column) { return csv_cell(column.head); };
    return row_of(head, head);
}

std::string row_of(const Summary& job) {
    return row_of([&](const TextColumn& column) { return column.text(job); },
                  [&](const NumberColumn& column) {
                      const Summary::Number& number = job.*column.place;
                      return number ? csv_number(*number / column.unit) : std::string();
                  });
}

std::string last_row(std::string_view reason) {
    return csv_cell(reason) + std::string(kTexts.size() + kNumbers.size() - 1, ',') +
           std::string(kRowEnd);
}

/// The list while it is written, a question at a time.
class RankedFile {
 public:
    /// `since` is told at the end, if the address has no dates.
    RankedFile(database::Ranking ranking, bool wasteful, std::optional<Instant> since,
               Context& context)
        : ranking_(std::move(ranking)), wasteful_(wasteful), since_(since), context_(context) {
        ranking_.skip = 0;
        ranking_.limit = kRowsAtOnce;
    }

    /// Errors: any Fault of the portal's own database.
    Result<std::string> next() {
        auto found = read_ranked_jobs(ranking_, wasteful_, context_);
        if (!found.ok()) return found.error();
        std::string rows;
        for (const Summary& job : found.value().jobs) rows += row_of(job);
        over_ = !found.value().next.has_value();
        if (over_ && since_) {
            rows += last_row("jobs that ended since " + views::format::iso(*since_));
        }
        if (over_) return rows;
        ranking_.skip = *found.value().next;
        if (ranking_.skip < kMostRanked) return rows;
        over_ = true;
        return rows + last_row("cut: the first jobs of this order are here. Narrow the filter.");
    }

    /// The rest, part by part; empty at the end.
    std::string go_on() {
        while (!over_) {
            const auto rows = next();
            if (!rows.ok()) {
                log_missing(rows.error());
                over_ = true;
                return last_row("incomplete: the portal's database did not answer in time");
            }
            if (!rows.value().empty()) return rows.value();
        }
        return {};
    }

 private:
    database::Ranking ranking_;
    bool wasteful_;
    std::optional<Instant> since_;
    Context context_;
    bool over_ = false;
};

}  // namespace

Response ranked_export(const Visit& visit, const slurm::Owner& owner, const UserQuery& query,
                       Context& context) {
    check_ranked(query, owner, context.site);
    const database::Ranking ranking = ranking_of(owner, query, context);
    const std::optional<Instant> since =
        query.filter.from ? std::nullopt : std::optional(ranking.jobs.ended.from);
    RankedFile file(ranking, query.wasteful, since, context);
    const auto first = file.next();
    if (!first.ok()) return source_missing_page(visit, context, first.error());
    Response response = csv_file(job_file_name(visit.captures.username.value, context.clock.now()));
    response.body += heads() + first.value();
    response.more = [file]() mutable { return file.go_on(); };
    return response;
}

}  // namespace portal::jobstats
