#include "views/pages/jobstats/array/array_page.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "views/base/format.h"
#include "views/markers/array_page.tpl.h"
#include "views/parts/instant.h"
#include "views/parts/state.h"

namespace portal::views {
namespace {

constexpr double kBarHeight = 60;
constexpr long kBarWidth = 10;
constexpr double kWholeBar = 1000;

/// What is written in the square of a task, for those who do not see its colour.
const char* sign_of(JobState state) {
    switch (state) {
        case JobState::Completed:
            return "✓";
        case JobState::Running:
            return "▸";
        case JobState::Pending:
            return "·";
        case JobState::Cancelled:
            return "–";
        case JobState::Timeout:
        case JobState::Deadline:
            return "T";
        case JobState::OutOfMemory:
            return "M";
        case JobState::Failed:
        case JobState::NodeFail:
        case JobState::BootFail:
        case JobState::Preempted:
            return "×";
        default:
            return "?";
    }
}

void fill_head(const ArrayPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetValue(kap_NAME, page.name);
    dict.SetValue(kap_NUMBER, page.number);
    dict.SetValue(kap_ACCOUNT, page.account);
    dict.SetValue(kap_PARTITION, page.partition);
    dict.SetValue(kap_TASK_COUNT, format::count(page.pace.all, words.language()));
    add_time(dict, kap_FRESH, page.frame.now, "clock", words);
    std::string each = words.plural("{0} core", "{0} cores", page.cores);
    if (page.memory.count > 0) {
        each += ", " + words.bytes(static_cast<double>(page.memory.count));
    }
    if (page.time_limit) {
        each += ", " + words.duration(static_cast<double>(page.time_limit->count()));
    }
    dict.SetValue(kap_EACH, each);
    if (page.owner == page.frame.viewer) return;
    dict.ShowSection(kap_OTHERS);
    dict.SetValue(kap_OWNER, page.owner);
    dict.SetValue(kap_USER_LINK, page.user_link);
}

void fill_states(const ArrayPage& page, TemplateDictionary& dict, const Words& words) {
    double before = 0;
    const auto all = static_cast<double>(std::max<std::uint64_t>(page.pace.all, 1));
    const auto place = [&](double tasks) {
        return static_cast<long>(std::round(kWholeBar * tasks / all));
    };
    for (const ArrayState& state : page.states) {
        const auto tasks = static_cast<double>(state.tasks);
        TemplateDictionary& piece = *dict.AddSectionDictionary(kap_PIECE);
        piece.SetValue(kap_TONE, tone_of(state.state).tone);
        piece.SetIntValue(kap_X, place(before));
        // What is rare can still be seen.
        piece.SetIntValue(kap_WIDTH, std::max(2L, place(before + tasks) - place(before)));
        before += tasks;
        TemplateDictionary& item = *dict.AddSectionDictionary(kap_STATE_ITEM);
        add_state(item, kap_STATE, state.state, state.number, state.tasks, words);
        if (state.link.empty()) continue;
        item.SetValueAndShowSection(kap_HREF, state.link, kap_LINKED);
        item.ShowSection(kap_LINKED_END);
        if (state.chosen) item.ShowSection(kap_CHOSEN);
    }
}

void fill_bars(const ArrayPace& pace, TemplateDictionary& dict, const Words& words) {
    if (pace.bars.empty()) return;
    TemplateDictionary& item = *dict.AddSectionDictionary(kap_BARS);
    const auto hours = pace.bar_length / kHour;
    item.SetValue(kap_BARS_TITLE, hours == 1 ? words.text(mark("Tasks ended per hour"))
                                             : words.text(mark("Tasks ended in each {0} hours"),
                                                          {std::to_string(hours)}));
    item.SetIntValue(kap_BARS_WIDTH, static_cast<long>(pace.bars.size()) * kBarWidth);
    std::uint64_t most = 1;
    for (const EndBar& bar : pace.bars) most = std::max(most, bar.completed + bar.others);
    const auto height = [&](std::uint64_t tasks) {
        return std::lround(kBarHeight * static_cast<double>(tasks) / static_cast<double>(most));
    };
    long x = 0;
    for (const EndBar& bar : pace.bars) {
        const long done = height(bar.completed);
        const long both = height(bar.completed + bar.others);
        TemplateDictionary& drawn = *item.AddSectionDictionary(kap_BAR);
        drawn.SetIntValue(kap_X, x);
        drawn.SetIntValue(kap_Y, static_cast<long>(kBarHeight) - done);
        drawn.SetIntValue(kap_HEIGHT, done);
        drawn.SetIntValue(kap_OTHER_Y, static_cast<long>(kBarHeight) - both);
        drawn.SetIntValue(kap_OTHER_HEIGHT, both - done);
        x += kBarWidth;
        TemplateDictionary& row = *item.AddSectionDictionary(kap_BAR_ROW);
        add_time(row, kap_BAR_FROM, bar.from, "absolute", words);
        row.SetValue(kap_BAR_DONE, format::count(bar.completed, words.language()));
        row.SetValue(kap_BAR_OTHERS, format::count(bar.others, words.language()));
    }
    add_time(item, kap_FIRST_END, pace.bars.front().from, "absolute", words);
    add_time(item, kap_LAST_END, pace.bars.back().from + pace.bar_length, "absolute", words);
}

void fill_pace(const ArrayPage& page, TemplateDictionary& dict, const Words& words) {
    const ArrayPace& pace = page.pace;
    const Language language = words.language();
    std::string said =
        words.text(mark("{0} of {1} tasks are over."),
                   {format::count(pace.over, language), format::count(pace.all, language)});
    if (pace.per_hour) {
        said +=
            " " + words.text(mark("Lately {0} ended per hour."), {words.number(*pace.per_hour)});
    }
    dict.SetValue(kap_PACE, said);
    if (pace.expected_end) {
        dict.ShowSection(kap_END);
        add_time(dict, kap_EXPECTED, *pace.expected_end, "absolute", words);
    }
    if (!page.wait_link.empty()) {
        dict.SetValue(kap_REASON, words.sentence(page.wait_reason));
        dict.SetValueAndShowSection(kap_WAIT_LINK, page.wait_link, kap_WAITS);
    }
    fill_bars(pace, dict, words);
}

void fill_tasks(const ArrayPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetValue(kap_TASK_BASE, page.task_base);
    dict.SetValue(kap_TASK_QUERY, page.task_query);
    if (page.tasks_cut) {
        dict.SetValueAndShowSection(
            kap_GRID_CUT_TEXT,
            words.text(mark("The first {0} of {1} tasks are shown, and all that ended badly."),
                       {format::count(page.tasks_shown, words.language()),
                        format::count(page.pace.all, words.language())}),
            kap_GRID_CUT);
    }
    if (page.marked) {
        dict.SetValueAndShowSection(kap_MARKED_TASK, std::to_string(*page.marked), kap_MARKED);
    }
    for (const TaskIndices& tasks : page.tasks) {
        TemplateDictionary& item = *dict.AddSectionDictionary(kap_INDICES);
        add_state(item, kap_INDEX_STATE, tasks.state, tasks.number, 0, words);
        item.SetValue(kap_TONE, tone_of(tasks.state).tone);
        item.SetValue(kap_SIGN, sign_of(tasks.state));
        item.SetValue(kap_WORD, state_word(tasks.state, tasks.number, words));
        item.SetValue(kap_LIST, tasks.indices);
    }
}

void add_retry(TemplateDictionary& dict, const Retry& retry, const std::string& title,
               const char* id) {
    if (retry.list.empty()) return;
    TemplateDictionary& item = *dict.AddSectionDictionary(kap_RETRY);
    item.SetValue(kap_RETRY_TITLE, title);
    item.SetValue(kap_RETRY_ID, id);
    item.SetValue(kap_RETRY_LIST, retry.list);
    if (retry.cut) item.ShowSection(kap_RETRY_CUT);
}

void fill_retries(const ArrayPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.failed.list.empty() && page.failed_or_cancelled.list.empty()) return;
    TemplateDictionary& section = *dict.AddSectionDictionary(kap_RETRIES);
    add_retry(section, page.failed,
              words.plural("{0} failed task", "{0} failed tasks", page.failed.tasks),
              "retry-failed");
    add_retry(section, page.failed_or_cancelled,
              words.plural("{0} failed or cancelled task", "{0} failed or cancelled tasks",
                           page.failed_or_cancelled.tasks),
              "retry-cancelled");
}

std::string outlier_text(const Outlier& outlier, const Words& words) {
    return words.text(mark("{0}: {1} (median {2})"),
                      {words.text(outlier.name), written(outlier.value, outlier.unit, words),
                       written(outlier.median, outlier.unit, words)});
}

void fill_measured(const ArrayPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.spreads.empty()) return;
    const Language language = words.language();
    TemplateDictionary& item = *dict.AddSectionDictionary(kap_MEASURED);
    item.SetValue(kap_MEASURED_TEXT,
                  page.measured == page.completed
                      ? words.plural("Of {0} completed task, according to Slurm.",
                                     "Of {0} completed tasks, according to Slurm.", page.completed)
                      : words.text(mark("Of {0} tasks drawn at random from {1} completed ones, "
                                        "according to Slurm."),
                                   {format::count(page.measured, language),
                                    format::count(page.completed, language)}));
    add_spreads(item, kap_SPREADS, page.spreads, words);
    if (page.outliers.empty()) return;
    TemplateDictionary& list = *item.AddSectionDictionary(kap_OUTLIERS);
    for (const Outlier& outlier : page.outliers) {
        TemplateDictionary& one = *list.AddSectionDictionary(kap_OUTLIER);
        one.SetValue(kap_OUTLIER_LINK, outlier.link);
        one.SetValue(kap_OUTLIER_NUMBER, outlier.number);
        one.SetValue(kap_OUTLIER_TEXT, outlier_text(outlier, words));
    }
}

void fill_table(const ArrayPage& page, TemplateDictionary& dict, const Words& words) {
    for (const TaskOrderLink& order : page.orders) {
        TemplateDictionary& item = *dict.AddSectionDictionary(kap_ORDER);
        item.SetValue(kap_ORDER_LINK, order.link);
        item.SetValue(kap_ORDER_WORD, words.text(order.word));
        if (!order.current) continue;
        item.ShowSection(kap_ORDER_NOW);
        item.ShowSection(order.descending ? kap_DOWN : kap_UP);
    }
    if (!page.all_link.empty()) dict.SetValueAndShowSection(kap_ALL_LINK, page.all_link, kap_ALL);
    add_job_table(dict, kap_ROWS, ungrouped(page.rows),
                  {JobTable::Kind::Ran, words.text(mark("Tasks")), "t", page.frame.now}, words);
    if (page.rows.empty()) dict.ShowSection(kap_NO_ROWS);
    dict.SetValue(kap_SHOWN, words.plural("{0} task shown", "{0} tasks shown", page.rows.size()));
    if (!page.previous_link.empty()) {
        dict.SetValueAndShowSection(kap_PREVIOUS_LINK, page.previous_link, kap_PREVIOUS);
    }
    if (!page.next_link.empty()) {
        dict.SetValueAndShowSection(kap_NEXT_LINK, page.next_link, kap_NEXT);
    }
}

}  // namespace

std::string fill(const ArrayPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("array_page.tpl"));
    fill_head(page, dict, words);
    add_notices(dict, kap_NOTICES, page.notices, words);
    fill_states(page, dict, words);
    fill_pace(page, dict, words);
    fill_tasks(page, dict, words);
    fill_retries(page, dict, words);
    fill_measured(page, dict, words);
    fill_table(page, dict, words);
    return words.text(mark("Array {0}"), {page.number}) + " · " + page.name;
}

}  // namespace portal::views
