#include "views/parts/jobs/job_table.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <array>
#include <map>

#include "views/base/format.h"
#include "views/markers/part_jobs.tpl.h"
#include "views/parts/grade.h"
#include "views/parts/instant.h"
#include "views/parts/state.h"

namespace portal::views {
namespace {

/// A column whose cells are a text: both tables have it.
struct PlainColumn {
    const char* title;
    std::string (*text)(const JobRow& row, const Words& words);
};

constexpr std::array kPlainColumns = {
    PlainColumn{mark("Nodes"), [](const JobRow& row, const Words& words) {
                    return format::count(row.nodes, words.language());
                }}};

/// Columns of an array's row under its name: all but job and state.
constexpr long kNameSpan = 8 + static_cast<long>(kPlainColumns.size());

/// A table and what its rows have in common.
struct Shown {
    const JobTable& table;
    bool partition = false;  ///< partitions differ
};

bool runs(const JobRow& row) {
    return row.started && !row.ended && !row.run_unknown;
}

void fill_times(TemplateDictionary& item, const JobRow& row, const JobTable& table,
                const Words& words) {
    if (row.started) {
        add_time(item, kpj_STARTED, *row.started, "short", words);
    } else {
        item.ShowSection(kpj_NOT_STARTED);
    }
    if (row.started && !row.ended && row.run_unknown) item.ShowSection(kpj_END_LOST);
    const auto seconds = [](Seconds time) { return static_cast<double>(time.count()); };
    if (row.used_time) {
        item.SetValueAndShowSection(kpj_USED_TIME, words.duration(seconds(*row.used_time)),
                                    kpj_USED);
    } else if (runs(row)) {
        item.SetValueAndShowSection(kpj_SINCE_ISO, format::iso(*row.started), kpj_SINCE);
        item.SetValue(kpj_USED_TIME, words.duration(seconds(table.now - *row.started)));
    } else {
        item.ShowSection(kpj_UNUSED);
    }
}

void fill_shares(TemplateDictionary& item, const JobRow& row, const Words& words) {
    add_share(item, kpj_CORES_BAR, row.cores_share, words.text(mark("Cores used")), words);
    add_share(item, kpj_MEMORY_BAR, row.memory_share, words.text(mark("Memory used")), words);
    if (row.gpus == 0) return;
    item.ShowSection(kpj_HAS_GPU);
    add_share(item, kpj_GPU_BAR, row.gpu_share, words.text(mark("GPUs used")), words);
}

void fill_size(TemplateDictionary& item, const JobRow& row, const Words& words) {
    for (const PlainColumn& column : kPlainColumns) {
        TemplateDictionary& cell = *item.AddSectionDictionary(kpj_PLAIN);
        cell.SetValue(kpj_PLAIN_TITLE, words.text(column.title));
        cell.SetValue(kpj_PLAIN_TEXT, column.text(row, words));
    }
    item.SetValue(kpj_CORES, format::count(row.cores, words.language()));
    item.SetValue(kpj_MEMORY, row.memory.count > 0
                                  ? words.bytes(static_cast<double>(row.memory.count))
                                  : words.text(mark("no data")));
    item.SetValue(kpj_GPUS, format::count(row.gpus, words.language()));
    if (row.asked_time) {
        const auto asked = static_cast<double>(row.asked_time->count());
        item.SetValueAndShowSection(kpj_ASKED, words.duration(asked), kpj_LIMITED);
    } else {
        item.ShowSection(row.unlimited ? kpj_UNLIMITED : kpj_UNSET);
    }
}

/// A column that says the same in each row says nothing.
bool partition_varies(const std::vector<JobGroup>& groups) {
    const std::string& first = groups.front().rows.front().partition;
    return std::any_of(groups.begin(), groups.end(), [&](const JobGroup& group) {
        return std::any_of(group.rows.begin(), group.rows.end(),
                           [&](const JobRow& row) { return row.partition != first; });
    });
}

void fill_row(TemplateDictionary& item, const JobRow& row, const Shown& shown, const Words& words) {
    item.SetValue(kpj_HREF, row.link);
    item.ShowSection(row.link.empty() ? kpj_UNLINKED : kpj_LINKED);
    item.SetValue(kpj_NUMBER, row.number);
    item.SetValue(kpj_NAME, row.name);
    item.SetValue(kpj_ACCOUNT, shown.partition ? row.account + ", " + row.partition : row.account);
    add_time(item, kpj_SUBMITTED, row.submitted, "short", words);
    fill_size(item, row, words);
    if (shown.table.kind == JobTable::Kind::Waiting) {
        item.ShowSection(kpj_WAITS);
        item.SetValue(kpj_CELL, "num");
        item.SetValue(kpj_REASON, words.sentence(row.wait_reason));
        return;
    }
    item.ShowSection(kpj_RAN);
    item.SetValue(kpj_CELL, "cell-bar");
    add_state(item, kpj_STATE, row.state, row.state_number, 0, words);
    add_grade(item, kpj_GRADE, row.verdict.grade, words);
    if (!row.verdict.fact.empty()) {
        item.SetValueAndShowSection(kpj_FACT, words.sentence(row.verdict.fact), kpj_HAS_FACT);
    }
    fill_times(item, row, shown.table, words);
    fill_shares(item, row, words);
}

/// Of the tasks that are over and in the table; empty if there are fewer than two.
std::optional<double> median_time(const JobGroup& group) {
    std::vector<double> times;
    for (const JobRow& row : group.rows) {
        if (row.ended && row.used_time)
            times.push_back(static_cast<double>(row.used_time->count()));
    }
    if (times.size() < 2) return std::nullopt;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

/// The row above the tasks of an array: how many, and in which states.
void fill_array(TemplateDictionary& group_dict, const JobGroup& group, const Shown& shown,
                const Words& words) {
    TemplateDictionary& head = *group_dict.AddSectionDictionary(kpj_ARRAY);
    const JobRow& first = group.rows.front();
    head.SetValue(kpj_ARRAY_NUMBER, group.array_number);
    head.SetValue(kpj_ARRAY_LINK, group.array_link);
    head.SetValue(kpj_ARRAY_NAME, first.name);
    head.SetIntValue(kpj_NAME_SPAN, kNameSpan);
    head.SetValue(kpj_ARRAY_ACCOUNT, first.account);
    head.SetValue(kpj_TASKS, words.plural("{0} task", "{0} tasks", group.rows.size()));
    if (shown.table.kind == JobTable::Kind::Waiting) return;
    head.ShowSection(kpj_ARRAY_RAN);
    if (const auto median = median_time(group)) {
        head.SetValueAndShowSection(kpj_MEDIAN_TIME, words.duration(*median), kpj_MEDIAN);
    }
    std::map<std::pair<JobState, std::uint32_t>, std::size_t> tally;
    for (const JobRow& row : group.rows) ++tally[{row.state, row.state_number}];
    for (const auto& [state, times] : tally) {
        TemplateDictionary& item = *head.AddSectionDictionary(kpj_TALLY);
        add_state(item, kpj_TALLY_STATE, state.first, state.second, times, words);
    }
}

void fill_group(TemplateDictionary& dict, const JobGroup& group, const std::string& fold_id,
                const Shown& shown, const Words& words) {
    TemplateDictionary& group_dict = *dict.AddSectionDictionary(kpj_GROUP);
    const bool array = group.rows.size() > 1;
    if (array) {
        group_dict.SetValue(kpj_FOLD_ID, fold_id);
        fill_array(group_dict, group, shown, words);
    }
    for (const JobRow& row : group.rows) {
        TemplateDictionary& item = *group_dict.AddSectionDictionary(kpj_ROW);
        fill_row(item, row, shown, words);
        if (array) {
            item.ShowSection(kpj_TASK);
            item.ShowSection(kpj_FOLDED);
        }
        if (group.pending_tasks == 0 || &row != &group.rows.front()) continue;
        item.SetValue(kpj_MORE_LINK, group.array_link);
        item.SetValueAndShowSection(
            kpj_MORE_TEXT, words.plural("{0} task", "{0} tasks", group.pending_tasks), kpj_MORE);
    }
}

}  // namespace

std::vector<JobGroup> ungrouped(const std::vector<JobRow>& rows) {
    std::vector<JobGroup> groups;
    for (const JobRow& row : rows) groups.push_back({{row}, {}, 0});
    return groups;
}

void add_job_table(TemplateDictionary& dict, const TemplateString& marker,
                   const std::vector<JobGroup>& groups, const JobTable& table, const Words& words) {
    if (groups.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_jobs.tpl", words);
    part.SetValue(kpj_LABEL, table.label);
    part.ShowSection(table.kind == JobTable::Kind::Waiting ? kpj_WAIT_HEAD : kpj_RAN_HEAD);
    for (const PlainColumn& column : kPlainColumns) {
        part.AddSectionDictionary(kpj_PLAIN_HEAD)
            ->SetValue(kpj_PLAIN_TITLE, words.text(column.title));
    }
    const Shown shown{table, partition_varies(groups)};
    const std::string& partition = groups.front().rows.front().partition;
    if (shown.partition || partition.empty()) {
        part.ShowSection(kpj_PARTITIONS);
    } else {
        part.SetValueAndShowSection(kpj_PARTITION, partition, kpj_ONE_PARTITION);
    }
    std::size_t number = 0;
    for (const JobGroup& group : groups) {
        fill_group(part, group, table.fold_prefix + std::to_string(number++), shown, words);
    }
}

}  // namespace portal::views
