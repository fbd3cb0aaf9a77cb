#include "views/pages/jobstats/waste/waste_page.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "views/base/format.h"
#include "views/markers/part_waste_cells.tpl.h"
#include "views/markers/part_waste_heads.tpl.h"
#include "views/markers/waste_page.tpl.h"
#include "views/parts/grade.h"
#include "views/parts/instant.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

/// Columns that some rows fill.
struct Columns {
    bool gpus = false;
    bool cost = false;
};

Columns columns_of(const WastePage& page) {
    return {.gpus = page.whole.numbers.gpus, .cost = page.whole.numbers.wasted_cost.has_value()};
}

void add_number(TemplateDictionary& dict, const TemplateString& marker,
                std::optional<double> number, const Words& words) {
    add_reading(dict, marker, reading(number), number ? words.number(*number) : "", words);
}

void add_heads(TemplateDictionary& dict, const TemplateString& marker, Columns columns,
               const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_waste_heads.tpl", words);
    if (columns.gpus) part.ShowSection(kpwh_GPUS);
    if (columns.cost) part.ShowSection(kpwh_COST);
}

void add_cells(TemplateDictionary& dict, const TemplateString& marker, const WasteNumbers& numbers,
               Columns columns, const std::string& currency, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_waste_cells.tpl", words);
    add_number(part, kpwc_CORE_HOURS, numbers.core_hours, words);
    add_share(part, kpwc_CORES_BAR, {reading(numbers.cores_share)}, words.text(mark("Cores used")),
              words);
    add_number(part, kpwc_WASTED_CORES, numbers.wasted_core_hours, words);
    if (columns.gpus) {
        TemplateDictionary& cells = *part.AddSectionDictionary(kpwc_GPUS);
        if (numbers.gpus) {
            cells.ShowSection(kpwc_HAD);
            add_share(cells, kpwc_GPUS_BAR, {reading(numbers.gpus_share)},
                      words.text(mark("GPUs used")), words);
            add_number(cells, kpwc_WASTED_GPUS, numbers.wasted_gpu_hours, words);
        } else {
            cells.ShowSection(kpwc_HAD_NONE);
        }
    }
    if (!columns.cost) return;
    part.ShowSection(kpwc_COST);
    const auto& cost = numbers.wasted_cost;
    add_reading(part, kpwc_COST_WASTED, reading(cost), cost ? words.money(*cost, currency) : "",
                words);
}

void fill_whole(const WastePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetValue(kwp_COUNT, words.plural("{0} job ended", "{0} jobs ended", page.whole.jobs));
    add_ranges(dict, kwp_RANGES, page.ranges, words);
    const WasteAnswer answer{page.whole.numbers, page.earlier.numbers, page.currency, page.since};
    add_waste_answer(dict, kwp_ANSWER, answer, words);
    if (page.whole.jobs == 0) dict.ShowSection(kwp_NONE);
}

void fill_kinds(const WastePage& page, TemplateDictionary& dict, const Words& words) {
    if (page.kinds.empty()) return;
    TemplateDictionary& table = *dict.AddSectionDictionary(kwp_KINDS);
    const Columns columns = columns_of(page);
    add_heads(table, kwp_HEADS, columns, words);
    for (const WasteKind& kind : page.kinds) {
        TemplateDictionary& row = *table.AddSectionDictionary(kwp_KIND);
        row.SetValue(kwp_STEM, kind.stem);
        row.SetValue(kwp_NAME, kind.stem.empty() ? "–" : kind.stem);
        row.SetValue(kwp_RUNS, format::count(kind.jobs, words.language()));
        add_cells(row, kwp_CELLS, kind.numbers, columns, page.currency, words);
    }
}

void fill_jobs(const WastePage& page, TemplateDictionary& dict, const Words& words) {
    if (page.jobs.empty()) return;
    TemplateDictionary& table = *dict.AddSectionDictionary(kwp_JOBS);
    const Columns columns = columns_of(page);
    add_heads(table, kwp_HEADS, columns, words);
    for (const WastefulJob& job : page.jobs) {
        TemplateDictionary& row = *table.AddSectionDictionary(kwp_JOB);
        row.SetValue(kwp_LINK, job.link);
        row.SetValue(kwp_NUMBER, job.number);
        row.SetValue(kwp_NAME, job.name);
        add_time(row, kwp_ENDED, job.ended, "relative", words);
        add_cells(row, kwp_CELLS, job.numbers, columns, page.currency, words);
    }
}

}  // namespace

std::string fill(const WastePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("waste_page.tpl"));
    const bool mine = page.frame.viewer == page.owner;
    dict.ShowSection(mine ? kwp_MINE : kwp_OTHER);
    dict.SetValue(kwp_OWNER, page.owner);
    add_time(dict, kwp_FRESH, page.frame.now, "clock", words);
    fill_whole(page, dict, words);
    add_day_bars(dict, kwp_BARS, page.bars, words);
    fill_kinds(page, dict, words);
    fill_jobs(page, dict, words);
    return mine ? words.text(mark("What my jobs wasted"))
                : words.text(mark("What the jobs of {0} wasted"), {page.owner});
}

}  // namespace portal::views
