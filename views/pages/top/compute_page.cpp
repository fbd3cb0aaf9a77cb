#include "views/pages/top/compute_page.h"

#include <ctemplate/template.h>

#include "views/base/sentence.h"
#include "views/markers/compute_page.tpl.h"
#include "views/parts/columns.h"
#include "views/parts/grade.h"
#include "views/parts/instant.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

void fill_core_row(TemplateDictionary& item, const TopCoreRow& row, const Words& words) {
    add_top_user(item, kcp_USER, row.user, words);
    add_amount(item, kcp_WASTED, row.wasted_cores, Unit::Count, words);
    add_amount(item, kcp_CORES, row.cores, Unit::Count, words);
    add_amount(item, kcp_USED_CORES, row.used_cores, Unit::Count, words);
    add_graded_share(item, kcp_CORES_BAR, row.cores_share, words.text(mark("Cores used")), words);
    add_amount(item, kcp_MEMORY, row.memory, Unit::Bytes, words);
    add_amount(item, kcp_MAX_MEMORY, row.max_memory, Unit::Bytes, words);
    add_graded_share(item, kcp_MEMORY_BAR, row.memory_share, words.text(mark("Memory used")),
                     words);
}

void fill_gpu_row(TemplateDictionary& item, const TopGpuRow& row, const Words& words) {
    add_top_user(item, kcp_USER, row.user, words);
    add_amount(item, kcp_WASTED, row.wasted, Unit::Count, words);
    add_amount(item, kcp_GPUS, row.gpus, Unit::Count, words);
    add_amount(item, kcp_USED_GPUS, row.used, Unit::Count, words);
    add_grade(item, kcp_USED_GRADE, row.used_grade, words);
    add_amount(item, kcp_BUSY_GPUS, row.busy, Unit::Count, words);
    add_grade(item, kcp_BUSY_GRADE, row.busy_grade, words);
}

void fill_search(const TopComputePage& page, TemplateDictionary& dict) {
    dict.SetValue(kcp_PAGE, page.base);
    dict.SetValue(kcp_WANTED, page.wanted);
    for (const auto& [name, value] : page.kept) {
        TemplateDictionary& item = *dict.AddSectionDictionary(kcp_KEPT);
        item.SetValue(kcp_KEPT_NAME, name);
        item.SetValue(kcp_KEPT_VALUE, value);
    }
    if (!page.wanted.empty()) dict.ShowSection(kcp_SEARCHED);
}

/// Sections of a table in the template.
struct TableMarkers {
    const TemplateString& none;
    const TemplateString& table;
    const TemplateString& row;
};

/// What the table leaves out, and what its sums cannot know.
template <class Table>
void fill_rest(TemplateDictionary& dict, const Table& shown, const Words& words) {
    if (!shown.more.empty()) {
        dict.SetValueAndShowSection(kcp_MORE_TEXT, words.sentence(shown.more), kcp_MORE);
    }
    if (!shown.open.empty()) {
        dict.SetValueAndShowSection(kcp_OPEN_TEXT, words.sentence(shown.open), kcp_OPEN);
    }
}

/// A table of the page; the section `none` if it has no rows.
template <class Table, class FillRow>
void fill_table(TemplateDictionary& dict, const TableMarkers& markers, const Table& shown,
                FillRow fill_row, const Words& words) {
    if (shown.rows.empty()) return dict.ShowSection(markers.none);
    TemplateDictionary& table = *dict.AddSectionDictionary(markers.table);
    if (shown.rows.size() > kLongTopTable) table.ShowSection(kcp_TALL);
    add_columns(table, kcp_COLUMNS, shown.columns, words);
    for (const auto& row : shown.rows) {
        fill_row(*table.AddSectionDictionary(markers.row), row, words);
    }
    fill_rest(table, shown, words);
}

}  // namespace

std::string fill(const TopComputePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("compute_page.tpl"));
    add_time(dict, kcp_FRESH, page.frame.now, "clock", words);
    add_ranges(dict, kcp_RANGES, page.ranges, words);
    fill_search(page, dict);
    fill_table(dict, {kcp_NO_CORES, kcp_CORE_TABLE, kcp_CORE_ROW}, page.cores, &fill_core_row,
               words);
    fill_table(dict, {kcp_NO_GPUS, kcp_GPU_TABLE, kcp_GPU_ROW}, page.gpus, &fill_gpu_row, words);
    return words.text(mark("Cores, memory and GPUs"));
}

}  // namespace portal::views
