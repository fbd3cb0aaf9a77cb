#include "views/parts/jobs/sums_table.h"

#include <ctemplate/template.h>

#include "views/base/format.h"
#include "views/markers/part_sums.tpl.h"
#include "views/markers/part_sums_cells.tpl.h"
#include "views/parts/grade.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

constexpr std::size_t kLongTable = 25;

void add_hours(TemplateDictionary& cells, const TemplateString& marker,
               const std::optional<double>& hours, const Words& words) {
    add_reading(cells, marker, reading(hours), hours ? words.number(*hours) : "", words);
}

std::optional<double> in_tebi(std::optional<double> hours) {
    if (hours) *hours /= kTebibyte;
    return hours;
}

/// "+12 %", "−40 %".
std::string change_text(double change, const Words& words) {
    if (change < 0) return "\u2212" + words.percent(-change);
    return "+" + words.percent(change);
}

void add_gpus(TemplateDictionary& cells, const SumsRow& row, const Words& words) {
    TemplateDictionary& gpus = *cells.AddSectionDictionary(kpsc_GPUS);
    if (row.gpus.had.value_or(0) <= 0) return gpus.ShowSection(kpsc_HAD_NONE);
    TemplateDictionary& had = *gpus.AddSectionDictionary(kpsc_HAD);
    add_hours(had, kpsc_GPU_HOURS, row.gpus.had, words);
    add_share(had, kpsc_GPUS_BAR, {reading(row.gpus.share)}, words.text(mark("GPUs used")), words);
    add_hours(had, kpsc_GPUS_WASTED, row.gpus.wasted, words);
}

void add_cells(TemplateDictionary& dict, const TemplateString& marker, const SumsRow& row,
               const SumsTable& table, const Words& words) {
    TemplateDictionary& cells = include(dict, marker, "part_sums_cells.tpl", words);
    cells.SetValue(kpsc_JOBS, format::count(row.jobs, words.language()));
    add_hours(cells, kpsc_CORE_HOURS, row.cores.had, words);
    add_share(cells, kpsc_CORES_BAR, {reading(row.cores.share)}, words.text(mark("Cores used")),
              words);
    add_hours(cells, kpsc_CORES_WASTED, row.cores.wasted, words);
    add_hours(cells, kpsc_MEMORY_HOURS, in_tebi(row.memory.had), words);
    add_share(cells, kpsc_MEMORY_BAR, {reading(row.memory.share)}, words.text(mark("Memory used")),
              words);
    add_hours(cells, kpsc_MEMORY_WASTED, in_tebi(row.memory.wasted), words);
    if (table.gpus) add_gpus(cells, row, words);
    if (table.cost) {
        TemplateDictionary& cost = *cells.AddSectionDictionary(kpsc_COST);
        add_reading(cost, kpsc_COST_WASTED, reading(row.cost),
                    row.cost ? words.money(*row.cost, table.currency) : "", words);
    }
    add_share(cells, kpsc_PART_BAR, {reading(row.part)}, words.text(mark("Part of the waste")),
              words);
    if (row.change) {
        cells.SetValueAndShowSection(kpsc_CHANGE_TEXT, change_text(*row.change, words),
                                     kpsc_CHANGE);
    } else {
        cells.ShowSection(kpsc_NO_CHANGE);
    }
}

void fill_name(TemplateDictionary& item, const SumsRow& row) {
    if (row.name.empty()) return item.ShowSection(kps_UNNAMED);
    item.SetValue(kps_NAME, row.name);
    if (row.link.empty()) return item.ShowSection(kps_PLAIN);
    item.ShowSection(kps_LINKED);
    item.SetValueAndShowSection(kps_HREF, row.link, kps_LINK);
}

}  // namespace

void add_sums_table(TemplateDictionary& dict, const TemplateString& marker, const SumsTable& table,
                    const Words& words) {
    if (table.rows.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_sums.tpl", words);
    if (table.rows.size() > kLongTable) part.ShowSection(kps_TALL);
    add_columns(part, kps_COLUMNS, table.columns, words);
    for (const SumsRow& row : table.rows) {
        TemplateDictionary& item = *part.AddSectionDictionary(kps_ROW);
        fill_name(item, row);
        add_cells(item, kps_CELLS, row, table, words);
    }
    add_cells(part, kps_TOTAL, table.total, table, words);
    if (!table.more.empty()) {
        part.SetValueAndShowSection(kps_MORE_TEXT, words.sentence(table.more), kps_MORE);
    }
}

}  // namespace portal::views
