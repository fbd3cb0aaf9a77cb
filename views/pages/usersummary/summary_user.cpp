#include "views/pages/usersummary/summary_user.h"

#include <ctemplate/template.h>

#include "views/markers/summary_user.tpl.h"
#include "views/pages.h"
#include "views/pages/usersummary/quota_charts.h"
#include "views/parts/controls.h"
#include "views/parts/job_table.h"
#include "views/parts/parts.h"
#include "views/parts/quota_parts.h"
#include "views/parts/use_tiles.h"

namespace portal::views {
namespace {

using ctemplate::TemplateDictionary;

void fill_quotas(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.quotas.empty()) return;
    dict.ShowSection(ksu_QUOTA_LINKS);
    TemplateDictionary& section = *dict.AddSectionDictionary(ksu_QUOTAS);
    if (!page.quotas_link.empty()) {
        section.SetValueAndShowSection(ksu_QUOTAS_HREF, page.quotas_link, ksu_QUOTAS_MORE);
    }
    for (const Quota& quota : page.quotas) {
        TemplateDictionary& card = *section.AddSectionDictionary(ksu_QUOTA);
        card.SetValue(ksu_TITLE, quota.title);
        if (!quota.place.empty()) {
            card.ShowSection(ksu_PLACE);
            card.SetValue(ksu_PLACE_NAME, quota.place);
        }
        add_quota(card, ksu_LINES, quota, words);
    }
}

void fill_counts(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.jobs_unavailable) return;
    dict.SetValue(ksu_RUNNING,
                  words.plural("{0} job runs.", "{0} jobs run.", page.now.running_jobs));
    if (!page.waiting_jobs) return;
    dict.SetValue(ksu_WAITING_COUNT,
                  words.plural("{0} job waits.", "{0} jobs wait.", *page.waiting_jobs));
}

void fill_jobs(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    const Instant now = page.frame.now;
    if (!page.jobs_link.empty()) {
        dict.SetValueAndShowSection(ksu_JOBS_HREF, page.jobs_link, ksu_JOBS_MORE);
    }
    if (page.jobs_unavailable) {
        dict.ShowSection(ksu_JOBS_AWAY);
        return add_unavailable(dict, ksu_AWAY, SourceId::Slurm, words);
    }
    if (page.waiting.empty() && page.jobs.empty()) return dict.ShowSection(ksu_NONE_YET);
    if (!page.waiting.empty()) dict.ShowSection(ksu_WAITING);
    if (!page.jobs.empty()) dict.ShowSection(ksu_RAN);
    add_job_table(dict, ksu_WAITING_JOBS, page.waiting, JobTable::Waiting,
                  words.text(mark("Waiting jobs")), "w", now, words);
    add_job_table(dict, ksu_JOBS, page.jobs, JobTable::Ran,
                  words.text(mark("Running and past jobs")), "a", now, words);
}

void fill_graphs(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.quotas.empty()) return;
    dict.ShowSection(ksu_GRAPHS);
    add_ranges(dict, ksu_RANGES, page.ranges, words);
    std::vector<ChartRef> charts;
    for (const ChartWords& chart : quota_charts()) {
        const std::string slug(chart.slug);
        charts.push_back({slug, page.base + "graph/" + slug + ".json"});
    }
    add_charts(dict, ksu_CHARTS, charts, quota_charts(), page.owner, words);
}

void fill_looks(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    if (!page.shows_looks) return;
    dict.ShowSection(ksu_LOOKS_LINK);
    TemplateDictionary& section = *dict.AddSectionDictionary(ksu_LOOKS);
    if (page.looks_unavailable) {
        section.ShowSection(ksu_LOOKS_AWAY);
        return add_unavailable(section, ksu_AWAY, SourceId::Portal, words);
    }
    if (page.looks.empty()) return section.ShowSection(ksu_LOOKS_NONE);
    TemplateDictionary& table = *section.AddSectionDictionary(ksu_LOOKS_TABLE);
    for (const StaffLook& look : page.looks) {
        TemplateDictionary& row = *table.AddSectionDictionary(ksu_LOOK);
        add_time(row, ksu_WHEN, look.when, "relative", words);
        row.SetValue(ksu_LOOKER, look.viewer);
        row.SetValue(ksu_LOOK_HREF, look.link);
        row.SetValue(ksu_LOOK_PAGE, words.sentence(look.page));
    }
}

}  // namespace

std::string fill(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("summary_user.tpl"));
    const bool mine = page.frame.viewer == page.owner;
    dict.ShowSection(mine ? ksu_MINE : ksu_OTHER);
    dict.SetValue(ksu_OWNER, page.owner);
    add_time(dict, ksu_FRESH, page.frame.now, "clock", words);
    add_notices(dict, ksu_NOTICES, page.notices, words, quota_charts());
    fill_quotas(page, dict, words);
    fill_counts(page, dict, words);
    add_tiles(dict, ksu_TILES, use_tiles(page.now, UseGraphs::Elsewhere, words), words);
    fill_jobs(page, dict, words);
    fill_graphs(page, dict, words);
    fill_looks(page, dict, words);
    return mine ? words.text(mark("My summary")) : words.text(mark("Summary of {0}"), {page.owner});
}

}  // namespace portal::views
