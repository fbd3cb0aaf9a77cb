#include "handlers/sources/slurm/job_columns.h"

#include <array>
#include <cstdint>
#include <variant>

#include "fcgi/base/directions.h"
#include "fcgi/base/text.h"

namespace portal::slurm {
namespace {

/// Where the value of a column goes: straight into the job, or into the row to be interpreted.
using Place =
    std::variant<std::uint32_t Job::*, std::uint64_t Job::*, std::string Job::*, WaitReason Job::*,
                 std::uint32_t JobRow::*, std::uint64_t JobRow::*, std::string JobRow::*>;

enum class Presence {
    Always,
    SomeReleases,  ///< read as NULL where Slurm's table lacks it
};

struct Column {
    const char* name;
    Place place;
    Presence presence = Presence::Always;
};

/// Every column of the job table that the portal reads, once.
constexpr auto kColumns = std::to_array<Column>({
    {"job_db_inx", &Job::db_index},
    {"id_job", &JobRow::id_job},
    {"id_user", &JobRow::id_user},
    {"job_name", &Job::name},
    {"account", &Job::account},
    {"partition", &Job::partition},
    {"state", &Job::state_number},
    {"state_reason_prev", &Job::pending_reason},
    {"timelimit", &JobRow::time_limit_minutes},
    {"time_submit", &JobRow::submit},
    {"time_eligible", &JobRow::eligible},
    {"time_start", &JobRow::start},
    {"time_end", &JobRow::end},
    {"time_suspended", &JobRow::suspended},
    {"cpus_req", &JobRow::cpus_requested},
    {"mem_req", &JobRow::memory_requested},
    {"nodes_alloc", &JobRow::nodes_allocated},
    {"nodelist", &JobRow::node_list},
    {"tres_req", &JobRow::tres_requested},
    {"tres_alloc", &JobRow::tres_allocated},
    {"exit_code", &JobRow::exit_code},
    {"id_array_job", &JobRow::array_job},
    {"id_array_task", &JobRow::array_task},
    {"array_task_pending", &Job::array_pending},
    {"het_job_id", &JobRow::het_job},
    {"het_job_offset", &JobRow::het_offset},
    {"work_dir", &Job::work_dir},
    {"submit_line", &Job::submit_line, Presence::SomeReleases},
});

/// Reads one column into its place.
struct Reader {
    const sql::Row& row;
    const char* name;
    JobRow& into;

    void read(std::uint32_t& number) const { number = row.u32(name); }
    void read(std::uint64_t& number) const { number = row.u64(name); }
    void read(WaitReason& reason) const { reason = WaitReason{row.u32(name)}; }
    void read(std::string& text) const { text = row.bytes(name); }

    template <class T>
    void operator()(T Job::*place) const {
        read(into.job.*place);
    }
    template <class T>
    void operator()(T JobRow::*place) const {
        read(into.*place);
    }
};

}  // namespace

std::string job_columns() {
    std::string list;
    for (const Column& column : kColumns) {
        const std::string name = column.name;
        if (!list.empty()) list += ", ";
        list += column.presence == Presence::Always ? "`" + name + "`" : "{optional:" + name + "}";
    }
    return list;
}

JobRow read_job_row(const sql::Row& row) {
    JobRow job;
    for (const Column& column : kColumns) std::visit(Reader{row, column.name, job}, column.place);
    job.account_is_null = row.is_null("account");
    return job;
}

void clean_texts(Job& job) {
    for (const Column& column : kColumns) {
        const auto* place = std::get_if<std::string Job::*>(&column.place);
        if (place != nullptr) job.** place = text::show_directions(text::to_utf8(job.**place));
    }
}

}  // namespace portal::slurm
