#include "handlers/sources/slurm/job_columns.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "fcgi/base/unseen.h"
#include "handlers/sources/sql/stored_text.h"

namespace portal::slurm {
namespace {

/// Where the value of a column goes: straight into the job, or into the row to be interpreted.
using Place = std::variant<std::uint32_t Job::*, std::uint64_t Job::*, std::string Job::*,
                           WaitReason Job::*, std::uint32_t JobRow::*, std::uint64_t JobRow::*,
                           std::string JobRow::*, std::optional<std::uint64_t> JobRow::*>;

enum class Presence {
    Always,
    SomeReleases,  ///< read as NULL where Slurm's table lacks it
    Made,          ///< no column but an expression, below
};

/// Whether a later row of the same owner has the number; (id_job, time_submit) is an index.
constexpr std::string_view kSuperseded =
    "exists(select 1 from `{cluster}_job_table` later"
    " where later.id_job = `{cluster}_job_table`.id_job"
    " and later.id_user = `{cluster}_job_table`.id_user"
    " and later.time_submit > `{cluster}_job_table`.time_submit"
    " and later.deleted = 0) as superseded";
/// The login that an association accounts for; the user's number may be somebody else's by now.
constexpr std::string_view kAssociationUser =
    "(select owner.user from `{cluster}_assoc_table` owner"
    " where owner.id_assoc = `{cluster}_job_table`.id_assoc) as association_user";
constexpr std::string_view kNoAssociationUser = "null as association_user";

/// When arrays of the row's number and owner were submitted, up to the row's own submission or
/// after it. Slurm gives one row of each array the array's own number: these are few, and found in
/// the index (the sums keep the optimizer from that of id_array_job). Of these, what follows
/// another attempt of the same task is no array of its own, as one_submission() says of single
/// jobs.
std::string time_of_array(std::string_view nearest, std::string_view side) {
    const auto seconds = [](Seconds length) { return std::to_string(length.count()); };
    std::string text = "(select ";
    return text.append(nearest)
        .append(
            "(made.time_submit) from `{cluster}_job_table` made"
            " where made.id_job = `{cluster}_job_table`.id_array_job"
            " and made.id_array_job + 0 = made.id_job"
            " and made.id_user = `{cluster}_job_table`.id_user"
            " and made.deleted = 0 and made.time_submit ")
        .append(side)
        .append(
            " `{cluster}_job_table`.time_submit"
            " and not exists(select 1 from `{cluster}_job_table` earlier"
            " where earlier.id_job = made.id_job and earlier.id_user = made.id_user"
            " and earlier.id_array_job + 0 = made.id_array_job"
            " and earlier.id_array_task = made.id_array_task and earlier.deleted = 0"
            " and earlier.time_submit < made.time_submit"
            " and earlier.time_end <= made.time_submit + ")
        .append(seconds(kClockSlack) + " and made.time_submit <= " + seconds(kRequeueGap))
        .append(
            " + if(earlier.time_end > 0, earlier.time_end,"
            " greatest(earlier.time_start, earlier.time_submit) + ")
        .append(seconds(kUnknownRun) + ")))");
}

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
    {"array_task_str", &Job::array_rest},
    {"kill_requid", &JobRow::killed_by},
    {"superseded", &JobRow::superseded, Presence::Made},
    {"array_began", &JobRow::array_began, Presence::Made},
    {"array_next", &JobRow::array_next, Presence::Made},
    {"association_user", &Job::association_user, Presence::Made},
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
    void read(std::optional<std::uint64_t>& number) const {
        if (!row.is_null(name)) number = row.u64(name);
    }

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

std::string job_columns(Associations associations) {
    std::string list;
    for (const Column& column : kColumns) {
        const std::string name = column.name;
        if (column.presence == Presence::Made) continue;
        if (!list.empty()) list += ", ";
        list += column.presence == Presence::Always ? "`" + name + "`" : "{optional:" + name + "}";
    }
    const bool known = associations == Associations::Readable;
    return list.append(", ")
        .append(kSuperseded)
        .append(", ")
        .append(time_of_array("max", "<="))
        .append(" as array_began, ")
        .append(time_of_array("min", ">"))
        .append(" as array_next, ")
        .append(known ? kAssociationUser : kNoAssociationUser);
}

JobRow read_job_row(const sql::Row& row) {
    JobRow job;
    for (const Column& column : kColumns) std::visit(Reader{row, column.name, job}, column.place);
    job.account_is_null = row.is_null("account");
    return job;
}

void clean_texts(Job& job, Settings::Text text) {
    for (const Column& column : kColumns) {
        const auto* place = std::get_if<std::string Job::*>(&column.place);
        if (place != nullptr) {
            job.** place = text::show_unseen(sql::readable(job.**place, text));
        }
    }
}

}  // namespace portal::slurm
