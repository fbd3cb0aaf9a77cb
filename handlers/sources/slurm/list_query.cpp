#include "handlers/sources/slurm/list_query.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "fcgi/base/ascii.h"
#include "sql/slurm_queries.h"

namespace portal::slurm {
namespace {

using Values = std::vector<sql::Value>;

/// Later than every time, higher than every index, larger than every size.
constexpr std::uint64_t kEnd = 1ULL << 62U;

constexpr std::size_t kMostStates = 32;

/// Names as the column declares them, and as the bytes of UTF-8 that a latin1 one may hold. A job
/// that waits may name several partitions.
constexpr const char* kTexts =
    "(? = 0 or state in ({list}))"
    " and (? = '' or convert(account using utf8mb4) = ?"
    " or convert(cast(account as binary) using utf8mb4) = ?)"
    " and (? = '' or find_in_set(?, convert(`partition` using utf8mb4)) > 0"
    " or find_in_set(?, convert(cast(`partition` as binary) using utf8mb4)) > 0)"
    " and (? = '' or convert(job_name using utf8mb4) like ? escape '!'"
    " or convert(cast(job_name as binary) using utf8mb4) like ? escape '!')"
    " and (? = '' or convert(nodelist using utf8mb4) = ?"
    " or nodelist like '%[%' or nodelist like '%,%')";
constexpr const char* kQos =
    "(? = '' or id_qos in (select id from qos_table where convert(name using utf8mb4) = ?"
    " or convert(cast(name as binary) using utf8mb4) = ?))";
constexpr const char* kNoQos = "(? = '' or '' = ? or '' = ?)";

/// While a job is suspended the column holds a date; see job_row.cpp.
constexpr const char* kRunTime =
    "if(time_start > 0 and state <> 0,"
    " greatest(cast(if(time_end > 0, time_end, ?) as signed) - cast(time_start as signed)"
    " - case when time_suspended >= 4294967294 then 0 when time_suspended >= 1000000000"
    " then greatest(cast(if(time_end > 0, time_end, ?) as signed)"
    " - cast(time_suspended as signed), 0) else cast(time_suspended as signed) end, 0), null)";
constexpr const char* kWait =
    "greatest(cast(if(time_start > 0 and state <> 0, time_start,"
    " if(time_end > 0, time_end, ?)) as signed) - cast(time_submit as signed), 0)";

/// What is a number of things that can be, or else NULL.
std::string believed(const std::string& number, std::uint64_t limit) {
    const std::string most = std::to_string(limit);
    return "nullif(nullif(least(" + number + ", " + most + "), " + most + "), 0)";
}

/// The count of a resource in a column such as `1=64,2=128000`, or NULL.
std::string count_in(const std::string& column, std::uint32_t id, std::uint64_t most) {
    const std::string sign = "," + std::to_string(id) + "=";
    const std::string all = "concat(',', ifnull(" + column + ", ''), '" + sign + "0')";
    const std::string from =
        "substring_index(substring_index(" + all + ", '" + sign + "', 2), '" + sign + "', -1)";
    return believed("cast(substring_index(" + from + ", ',', 1) as unsigned)", most);
}

std::string first_of(const std::string& numbers) {
    return "coalesce(" + numbers + ", 0)";
}

std::string requested_cores() {
    return count_in("tres_req", kTresCpu, kMostThings) + ", " + believed("cpus_req", kMostThings);
}

std::string cores() {
    return first_of(count_in("tres_alloc", kTresCpu, kMostThings) + ", " + requested_cores());
}

/// mem_req is per node, or per core if its highest bit is set. In floating point nothing overflows.
std::string memory() {
    const std::string each =
        "if(mem_req & 9223372036854775808, mem_req & 9223372036854775807, mem_req)";
    const std::string nodes =
        "greatest(" + first_of(count_in("tres_req", kTresNode, kMostThings)) + ", 1)";
    const std::string times =
        "if(mem_req & 9223372036854775808, " + first_of(requested_cores()) + ", " + nodes + ")";
    return first_of(count_in("tres_alloc", kTresMemory, kMostMebi) + ", " +
                    count_in("tres_req", kTresMemory, kMostMebi) + ", " +
                    believed("1e0 * " + believed(each, kMostMebi) + " * " + times, kMostMebi));
}

std::string nodes() {
    return first_of(count_in("tres_alloc", kTresNode, kMostThings) +
                    ", if(time_start > 0 and state <> 0, " + believed("nodes_alloc", kMostThings) +
                    ", null), " + count_in("tres_req", kTresNode, kMostThings));
}

/// The untyped resource counts all GPUs; without it the typed ones are added up.
std::string gpus_in(const std::string& column, const std::vector<GpuTres>& gpus) {
    std::string all = "null";
    std::string typed = "0";
    for (const GpuTres& gpu : gpus) {
        const std::string count = count_in(column, gpu.id, kMostThings);
        if (gpu.model.empty()) {
            all = count;
        } else {
            typed += " + " + first_of(count);
        }
    }
    return all + ", nullif(" + typed + ", 0)";
}

std::string gpus(const std::vector<GpuTres>& gpus) {
    return first_of(gpus_in("tres_alloc", gpus) + ", " + gpus_in("tres_req", gpus));
}

/// How often an expression names the moment that ends what goes on.
constexpr std::array<std::size_t, kSizes> kMoments = {0, 0, 0, 0, 2, 1};

std::uint64_t positive(std::int64_t number) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(number, 0));
}

std::uint64_t seconds_or(const std::optional<Instant>& instant, std::uint64_t otherwise) {
    return instant ? positive(unix_seconds(*instant)) : otherwise;
}

/// Where a page begins, as unsigned numbers.
struct Position {
    std::uint64_t started = kEnd;
    std::uint64_t ended = kEnd;
    std::uint64_t db_index = kEnd;
};

Position position(const std::optional<JobCursor>& after) {
    if (!after) return {};
    return {positive(after->started), positive(after->ended), after->db_index};
}

/// Values of the conditions that all three statements end with.
void add_filter(ListQuery& list, const JobFilter& filter, const ListPage& page) {
    const Values values = job_filter_values(filter, page.now);
    list.values.insert(list.values.end(), values.begin(), values.end());
    list.states = listed_states(filter);
    list.values.emplace_back(std::uint64_t{page.rows});
}

/// The times of the index between which the jobs of a part are, both included.
struct Span {
    std::uint64_t first = 0;
    std::uint64_t last = kEnd;
};

Span span_of(ListPart part, const JobFilter& filter, const Position& from_here) {
    const std::uint64_t from = seconds_or(filter.from, 0);
    if (part == ListPart::NeverStarted) return {from, from_here.ended};
    const auto lead = positive(kLongestRun.count());
    return {from > lead ? from - lead : 1,
            std::min(from_here.started, seconds_or(filter.to, kEnd) - 1)};
}

ListQuery started(Uid owner, const JobFilter& filter, const Position& from_here, const Span& span) {
    const std::uint64_t from = seconds_or(filter.from, 0);
    return {queries::kListStarted,
            {std::uint64_t{owner.value}, std::uint64_t{owner.value}, span.first, span.last,
             from_here.started, from_here.started, from_here.ended, from_here.ended,
             from_here.db_index, from}};
}

ListQuery never_started(Uid owner, const JobFilter& filter, const Position& from_here,
                        const Span& span) {
    const std::uint64_t from = seconds_or(filter.from, 0);
    return {
        queries::kListNeverStarted,
        {std::uint64_t{owner.value}, std::uint64_t{owner.value}, span.first, span.last,
         from_here.ended, from_here.ended, from_here.db_index, from, seconds_or(filter.to, kEnd)}};
}

ListQuery pending(Uid owner, const JobFilter& filter, const Position& from_here) {
    return {queries::kListPending,
            {std::uint64_t{owner.value}, std::uint64_t{owner.value}, from_here.db_index,
             seconds_or(filter.from, 0), seconds_or(filter.to, kEnd)}};
}

bool can_match(ListPart part, const std::vector<JobState>& states) {
    if (states.empty()) return true;
    const auto waiting = std::count(states.begin(), states.end(), JobState::Pending);
    return part == ListPart::Pending ? waiting > 0
                                     : waiting < static_cast<std::ptrdiff_t>(states.size());
}

ListQuery query_of(Uid owner, ListPart part, const JobFilter& filter, const Position& from_here,
                   const ListPage& page) {
    if (part == ListPart::Pending) return pending(owner, filter, from_here);
    Span span = span_of(part, filter, from_here);
    span.first = std::max(span.first, seconds_or(page.reach, 0));
    if (part == ListPart::NeverStarted) return never_started(owner, filter, from_here, span);
    return started(owner, filter, from_here, span);
}

bool is_narrowed(const JobFilter& filter) {
    const auto& sizes = filter.sizes;
    return !filter.states.empty() || !filter.account.empty() || !filter.partition.empty() ||
           !filter.name.empty() || !filter.node.empty() || !filter.qos.empty() ||
           std::any_of(sizes.begin(), sizes.end(), [](const auto& size) { return size.narrows(); });
}

}  // namespace

std::string job_filter(const std::vector<GpuTres>& gpus_here, QosNames qos) {
    const std::array<std::string, kSizes> sizes = {cores(), memory(), gpus(gpus_here),
                                                   nodes(), kRunTime, kWait};
    std::string text = kTexts;
    text.append(" and ").append(qos == QosNames::Readable ? kQos : kNoQos);
    for (const std::string& size : sizes) text += " and (? = 0 or " + size + " between ? and ?)";
    return text;
}

std::vector<sql::Value> job_filter_values(const JobFilter& filter, Instant now) {
    const std::size_t count = std::min(filter.states.size(), kMostStates);
    Values values{std::uint64_t{count}};
    for (std::size_t i = 0; i < count; ++i) {
        values.emplace_back(std::uint64_t{static_cast<std::uint32_t>(filter.states[i])});
    }
    if (count == 0) values.emplace_back(std::uint64_t{0});
    const std::string name = sql::like_anywhere(filter.name);
    const auto add = [&](const std::string& text, std::size_t times) {
        values.insert(values.end(), times, text);
    };
    for (const std::string* text : {&filter.account, &filter.partition, &name}) add(*text, 3);
    add(filter.node, 2);
    add(filter.qos, 3);
    const auto moment = static_cast<std::uint64_t>(std::max<std::int64_t>(unix_seconds(now), 0));
    for (std::size_t size = 0; size < kSizes; ++size) {
        const SizeRange& range = filter.sizes[size];
        values.emplace_back(std::uint64_t{range.narrows()});
        values.insert(values.end(), kMoments[size], moment);
        values.emplace_back(range.least.value_or(0));
        values.emplace_back(range.most.value_or(kEnd));
    }
    return values;
}

std::size_t listed_states(const JobFilter& filter) {
    return std::clamp<std::size_t>(filter.states.size(), 1, kMostStates);
}

bool fits(const JobFilter& filter, const Job& job) {
    const bool timed = filter.sizes[static_cast<std::size_t>(Size::RunTime)].narrows();
    if (timed && !job.run_known()) return false;
    // As the database compares names.
    const auto same = [&](const std::string& node) {
        return std::equal(node.begin(), node.end(), filter.node.begin(), filter.node.end(),
                          [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); });
    };
    return filter.node.empty() || std::any_of(job.nodes.begin(), job.nodes.end(), same);
}

JobFilter bounded(JobFilter filter, ListPart part, Instant now) {
    if (part == ListPart::Pending || !is_narrowed(filter)) return filter;
    const Instant end = filter.to.value_or(now);
    filter.from = std::max(filter.from.value_or(end - kFilterReach), end - kWidestSearch);
    return filter;
}

std::optional<ListQuery> list_query(Uid owner, ListPart part, const JobFilter& filter,
                                    const std::optional<JobCursor>& after, const ListPage& page) {
    if (!can_match(part, filter.states)) return std::nullopt;
    const bool empty_range = filter.to && unix_seconds(*filter.to) <= 0;
    if (empty_range) return std::nullopt;
    ListQuery list = query_of(owner, part, filter, position(after), page);
    add_filter(list, filter, page);
    return list;
}

bool goes_in_steps(const JobFilter& filter, ListPart part) {
    return part != ListPart::Pending && (is_narrowed(filter) || filter.from);
}

ListQuery step_query(Uid owner, ListPart part, const JobFilter& filter,
                     const std::optional<JobCursor>& after) {
    Span span = span_of(part, filter, position(after));
    // A search that goes on before a moment is through with it, however many rows it had.
    if (after && after->db_index == 0 && span.last > 0) --span.last;
    const auto& query =
        part == ListPart::NeverStarted ? queries::kStepNeverStarted : queries::kStepStarted;
    return {query,
            {std::uint64_t{owner.value}, std::uint64_t{owner.value}, span.first, span.last,
             kRowsOfStep}};
}

Instant reached(ListPart part, const JobCursor& position) {
    return from_unix(part == ListPart::NeverStarted ? position.ended : position.started);
}

JobCursor cursor_before(ListPart part, Instant reach) {
    const std::int64_t time = unix_seconds(reach);
    return part == ListPart::NeverStarted ? JobCursor{0, time, 0} : JobCursor{time, 0, 0};
}

}  // namespace portal::slurm
