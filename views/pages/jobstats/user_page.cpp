#include "views/pages/jobstats/user_page.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <array>
#include <utility>

#include "views/base/format.h"
#include "views/markers/user_page.tpl.h"
#include "views/pages/jobstats/job_charts.h"
#include "views/parts/charts/notices.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/instant.h"
#include "views/parts/jobs/job_table.h"
#include "views/parts/tiles/tiles.h"
#include "views/parts/tiles/use_tiles.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

std::size_t rows_of(const std::vector<JobGroup>& groups) {
    std::size_t rows = 0;
    for (const JobGroup& group : groups) rows += group.rows.size();
    return rows;
}

void fill_pager(const UserPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.jobs.empty() && page.first_link.empty() && page.next_link.empty()) return;
    dict.ShowSection(kup_PAGER);
    dict.SetValue(kup_SHOWN, words.plural("{0} job shown", "{0} jobs shown", rows_of(page.jobs)));
    if (!page.first_link.empty()) {
        TemplateDictionary& first = *dict.AddSectionDictionary(kup_FIRST);
        first.SetValue(kup_FIRST_LINK, page.first_link);
        first.ShowSection(page.ranked ? kup_TOP : kup_NEWEST);
    }
    if (!page.next_link.empty()) {
        TemplateDictionary& next = *dict.AddSectionDictionary(kup_NEXT);
        next.SetValue(kup_NEXT_LINK, page.next_link);
        const bool goes_on = page.searched_back_to || (page.ranked && page.jobs.empty());
        next.ShowSection(goes_on ? kup_ON : page.ranked ? kup_MORE : kup_OLDER);
    }
}

void fill_jobs(const UserPage& page, TemplateDictionary& dict, const Words& words) {
    const Instant now = page.frame.now;
    if (!page.waiting.empty()) {
        dict.ShowSection(kup_WAITING);
        add_job_table(dict, kup_WAITING_JOBS, page.waiting,
                      {JobTable::Kind::Waiting, words.text(mark("Waiting jobs")), "w", now}, words);
        if (!page.next_waiting_link.empty()) {
            dict.SetValueAndShowSection(kup_MORE_WAITING_LINK, page.next_waiting_link,
                                        kup_MORE_WAITING);
        }
    }
    add_job_table(dict, kup_JOBS, page.jobs,
                  {JobTable::Kind::Ran, words.text(mark("Running and past jobs")), "a", now},
                  words);
    if (page.jobs_unavailable) {
        dict.ShowSection(kup_JOBS_AWAY);
        add_unavailable(dict, kup_AWAY, SourceId::Slurm, words);
    } else if (page.searched_back_to) {
        const std::string text = words.sentence(
            sentence("Searched back to {0}. There may be older jobs that match: search on.",
                     {instant_argument(*page.searched_back_to)}));
        dict.SetValueAndShowSection(kup_SO_FAR_TEXT, text, kup_SO_FAR);
    } else if (page.ranked && page.jobs.empty() && !page.next_link.empty()) {
        dict.SetValueAndShowSection(
            kup_SO_FAR_TEXT, words.text(mark("None of the jobs up to here matches: search on.")),
            kup_SO_FAR);
    } else if (page.jobs.empty() && page.waiting.empty()) {
        const bool narrowed = !page.filter.chosen.empty() || !page.first_link.empty();
        dict.ShowSection(narrowed ? kup_NONE_FOUND : kup_NONE_YET);
    }
    fill_pager(page, dict, words);
}

/// Columns that can be hidden: their names in the style sheet, col-KEY, and their words.
constexpr std::array<std::pair<const char*, const char*>, 7> kColumns = {{
    {"submitted", mark("Submitted")},
    {"started", mark("Started")},
    {"time", mark("Time")},
    {"nodes", mark("Nodes")},
    {"cores", mark("Cores")},
    {"memory", mark("Memory")},
    {"gpus", mark("GPUs")},
}};

void fill_columns(TemplateDictionary& dict, const Words& words) {
    for (const auto& [key, word] : kColumns) {
        TemplateDictionary& item = *dict.AddSectionDictionary(kup_COLUMN);
        item.SetValue(kup_COLUMN_KEY, key);
        item.SetValue(kup_COLUMN_NAME, words.text(word));
    }
}

void fill_waste(const UserPage& page, TemplateDictionary& dict, const Words& words) {
    if (!page.waste) return;
    std::string text = waste_sentence(page.waste->numbers, page.currency, words);
    if (text.empty()) {
        text = words.text(mark("{0} jobs or more."),
                          {format::count(page.waste->jobs, words.language())});
    }
    TemplateDictionary& section = *dict.AddSectionDictionary(kup_WASTE);
    section.SetValue(kup_WASTE_LINK, page.waste_link);
    section.SetValue(kup_WASTE_TEXT, text);
    if (page.waste->since.empty()) return;
    section.SetValueAndShowSection(kup_KEPT_SINCE_TEXT, words.sentence(page.waste->since),
                                   kup_KEPT_SINCE);
}

}  // namespace

std::string fill(const UserPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("user_page.tpl"));
    const bool mine = page.frame.viewer == page.owner;
    dict.ShowSection(mine ? kup_MINE : kup_OTHER);
    dict.SetValue(kup_OWNER, page.owner);
    add_time(dict, kup_FRESH, page.frame.now, "clock", words);
    add_notices(dict, kup_NOTICES, page.notices, words, user_charts());
    if (!page.jobs_unavailable) {
        dict.SetValue(kup_COUNTS, use_sentence(page.now, page.waiting_jobs, words));
    }
    // That nothing runs is a state, which the sentence above says.
    if (page.now.running_jobs > 0 || page.jobs_unavailable) {
        const auto graphs = page.metrics_enabled ? UseGraphs::Here : UseGraphs::Elsewhere;
        add_tiles(dict, kup_TILES, use_tiles(page.now, graphs, words), words);
    }
    fill_waste(page, dict, words);
    add_job_filter(dict, kup_FILTER, page.filter, page.base, words);
    fill_columns(dict, words);
    dict.SetValue(kup_EXPORT, page.export_link);
    fill_jobs(page, dict, words);
    if (!page.charts.empty()) {
        dict.ShowSection(kup_GRAPHS);
        add_ranges(dict, kup_RANGES, page.ranges, words);
        add_charts(dict, kup_CHARTS, page.charts, user_charts(), page.owner, words);
    }
    return mine ? words.text(mark("My jobs")) : words.text(mark("Jobs of {0}"), {page.owner});
}

}  // namespace portal::views
