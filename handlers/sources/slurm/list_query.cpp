#include "handlers/sources/slurm/list_query.h"

#include <algorithm>
#include <utility>

#include "sql/slurm_queries.h"

namespace portal::slurm {
namespace {

using Values = std::vector<sql::Value>;

/// Later than every time and higher than every index.
constexpr std::uint64_t kEnd = 1ULL << 62U;
constexpr std::size_t kMostStates = 32;

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

void add_text(Values& values, const std::string& text) {
    values.emplace_back(text);
    values.emplace_back(text);
}

/// Values of the conditions that all three statements end with.
void add_filter(ListQuery& list, const JobFilter& filter, std::uint32_t rows) {
    const std::size_t count = std::min(filter.states.size(), kMostStates);
    list.values.emplace_back(std::uint64_t{count});
    for (std::size_t i = 0; i < count; ++i) {
        list.values.emplace_back(std::uint64_t{static_cast<std::uint32_t>(filter.states[i])});
    }
    if (count == 0) list.values.emplace_back(std::uint64_t{0});
    list.states = std::max<std::size_t>(count, 1);
    add_text(list.values, filter.account);
    add_text(list.values, filter.partition);
    const std::string name = sql::like_anywhere(filter.name);
    add_text(list.values, name);
    list.values.emplace_back(name);  // as the bytes of a column declared latin1
    list.values.emplace_back(std::uint64_t{rows});
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
                   const std::optional<Instant>& reach) {
    if (part == ListPart::Pending) return pending(owner, filter, from_here);
    Span span = span_of(part, filter, from_here);
    span.first = std::max(span.first, seconds_or(reach, 0));
    if (part == ListPart::NeverStarted) return never_started(owner, filter, from_here, span);
    return started(owner, filter, from_here, span);
}

bool is_narrowed(const JobFilter& filter) {
    return !filter.states.empty() || !filter.account.empty() || !filter.partition.empty() ||
           !filter.name.empty();
}

}  // namespace

JobFilter bounded(JobFilter filter, ListPart part, Instant now) {
    if (part == ListPart::Pending || !is_narrowed(filter)) return filter;
    const Instant end = filter.to.value_or(now);
    filter.from = std::max(filter.from.value_or(end - kFilterReach), end - kWidestSearch);
    return filter;
}

std::optional<ListQuery> list_query(Uid owner, ListPart part, const JobFilter& filter,
                                    const std::optional<JobCursor>& after, std::uint32_t rows,
                                    const std::optional<Instant>& reach) {
    if (!can_match(part, filter.states)) return std::nullopt;
    const bool empty_range = filter.to && unix_seconds(*filter.to) <= 0;
    if (empty_range) return std::nullopt;
    ListQuery list = query_of(owner, part, filter, position(after), reach);
    add_filter(list, filter, rows);
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

JobCursor cursor_before(ListPart part, Instant reach) {
    const std::int64_t time = unix_seconds(reach);
    return part == ListPart::NeverStarted ? JobCursor{0, time, 0} : JobCursor{time, 0, 0};
}

}  // namespace portal::slurm
