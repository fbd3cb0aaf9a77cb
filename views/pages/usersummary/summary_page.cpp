#include "views/pages/usersummary/summary_page.h"

#include <ctemplate/template.h>

#include "views/markers/summary_page.tpl.h"
#include "views/pages/usersummary/quota_charts.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/notices.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/instant.h"
#include "views/parts/jobs/job_table.h"
#include "views/parts/tiles/tiles.h"
#include "views/parts/tiles/use_tiles.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

void fill_quotas(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.quotas.empty()) return;
    dict.ShowSection(ksp_QUOTA_LINKS);
    TemplateDictionary& section = *dict.AddSectionDictionary(ksp_QUOTAS);
    if (!page.quotas_link.empty()) {
        section.SetValueAndShowSection(ksp_QUOTAS_HREF, page.quotas_link, ksp_QUOTAS_MORE);
    }
    for (const Quota& quota : page.quotas) {
        TemplateDictionary& card = *section.AddSectionDictionary(ksp_QUOTA);
        card.SetValue(ksp_TITLE, quota.title);
        if (!quota.place.empty()) {
            card.ShowSection(ksp_PLACE);
            card.SetValue(ksp_PLACE_NAME, quota.place);
        }
        add_quota(card, ksp_LINES, quota, words);
    }
}

void fill_jobs(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    const Instant now = page.frame.now;
    if (!page.jobs_link.empty()) {
        dict.SetValueAndShowSection(ksp_JOBS_HREF, page.jobs_link, ksp_JOBS_MORE);
    }
    if (page.jobs_unavailable) {
        dict.ShowSection(ksp_JOBS_AWAY);
        return add_unavailable(dict, ksp_AWAY, SourceId::Slurm, words);
    }
    if (page.waiting.empty() && page.jobs.empty()) return dict.ShowSection(ksp_NONE_YET);
    if (!page.waiting.empty()) dict.ShowSection(ksp_WAITING);
    if (!page.jobs.empty()) dict.ShowSection(ksp_RAN);
    add_job_table(dict, ksp_WAITING_JOBS, page.waiting,
                  {JobTable::Kind::Waiting, words.text(mark("Waiting jobs")), "w", now}, words);
    add_job_table(dict, ksp_JOBS, page.jobs,
                  {JobTable::Kind::Ran, words.text(mark("Running and past jobs")), "a", now},
                  words);
}

void fill_graphs(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.quotas.empty()) return;
    dict.ShowSection(ksp_GRAPHS);
    add_ranges(dict, ksp_RANGES, page.ranges, words);
    std::vector<ChartRef> charts;
    for (const ChartWords& chart : quota_charts()) {
        const std::string slug(chart.slug);
        charts.push_back({slug, page.base + "graph/" + slug + ".json"});
    }
    add_charts(dict, ksp_CHARTS, charts, quota_charts(), page.owner, words);
}

void fill_looks(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    if (!page.shows_looks) return;
    dict.ShowSection(ksp_LOOKS_LINK);
    TemplateDictionary& section = *dict.AddSectionDictionary(ksp_LOOKS);
    if (page.looks_unavailable) {
        section.ShowSection(ksp_LOOKS_AWAY);
        return add_unavailable(section, ksp_AWAY, SourceId::Portal, words);
    }
    if (page.looks.empty()) return section.ShowSection(ksp_LOOKS_NONE);
    TemplateDictionary& table = *section.AddSectionDictionary(ksp_LOOKS_TABLE);
    for (const StaffLook& look : page.looks) {
        TemplateDictionary& row = *table.AddSectionDictionary(ksp_LOOK);
        add_time(row, ksp_WHEN, look.when, "relative", words);
        row.SetValue(ksp_LOOKER, look.viewer);
        row.SetValue(ksp_LOOK_HREF, look.link);
        row.SetValue(ksp_LOOK_PAGE, words.sentence(look.page));
    }
}

}  // namespace

std::string fill(const SummaryPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("summary_page.tpl"));
    const bool mine = page.frame.viewer == page.owner;
    dict.ShowSection(mine ? ksp_MINE : ksp_OTHER);
    dict.SetValue(ksp_OWNER, page.owner);
    add_time(dict, ksp_FRESH, page.frame.now, "clock", words);
    add_notices(dict, ksp_NOTICES, page.notices, words, quota_charts());
    fill_quotas(page, dict, words);
    if (!page.jobs_unavailable) {
        dict.SetValue(ksp_COUNTS, use_sentence(page.now, page.waiting_jobs, words));
    }
    add_tiles(dict, ksp_TILES, use_tiles(page.now, UseGraphs::Elsewhere, words), words);
    fill_jobs(page, dict, words);
    fill_graphs(page, dict, words);
    fill_looks(page, dict, words);
    return mine ? words.text(mark("My summary")) : words.text(mark("Summary of {0}"), {page.owner});
}

}  // namespace portal::views
