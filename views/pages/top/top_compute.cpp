#include "views/pages/top/top_compute.h"

#include <ctemplate/template.h>

#include "views/markers/top_compute.tpl.h"
#include "views/pages.h"
#include "views/parts/controls.h"
#include "views/parts/parts.h"

namespace portal::views {
namespace {

using ctemplate::TemplateDictionary;

void fill_core_row(TemplateDictionary& item, const TopCoreRow& row, const Words& words) {
    add_top_user(item, ktc_USER, row.user, words);
    add_amount(item, ktc_WASTED, row.wasted_cores, Unit::Count, words);
    add_amount(item, ktc_CORES, row.cores, Unit::Count, words);
    add_amount(item, ktc_USED_CORES, row.used_cores, Unit::Count, words);
    add_graded_share(item, ktc_CORES_BAR, row.cores_share, words.text(mark("Cores used")), words);
    add_amount(item, ktc_MEMORY, row.memory, Unit::Bytes, words);
    add_amount(item, ktc_MAX_MEMORY, row.max_memory, Unit::Bytes, words);
    add_graded_share(item, ktc_MEMORY_BAR, row.memory_share, words.text(mark("Memory used")),
                     words);
}

void fill_gpu_row(TemplateDictionary& item, const TopGpuRow& row, const Words& words) {
    add_top_user(item, ktc_USER, row.user, words);
    add_amount(item, ktc_WASTED, row.wasted, Unit::Count, words);
    add_amount(item, ktc_GPUS, row.gpus, Unit::Count, words);
    add_amount(item, ktc_USED_GPUS, row.used, Unit::Count, words);
    add_grade(item, ktc_USED_GRADE, row.used_grade, words);
    add_amount(item, ktc_BUSY_GPUS, row.busy, Unit::Count, words);
    add_grade(item, ktc_BUSY_GRADE, row.busy_grade, words);
}

void fill_search(const TopComputePage& page, TemplateDictionary& dict) {
    dict.SetValue(ktc_PAGE, page.base);
    dict.SetValue(ktc_WANTED, page.wanted);
    for (const auto& [name, value] : page.kept) {
        TemplateDictionary& item = *dict.AddSectionDictionary(ktc_KEPT);
        item.SetValue(ktc_KEPT_NAME, name);
        item.SetValue(ktc_KEPT_VALUE, value);
    }
    if (!page.wanted.empty()) dict.ShowSection(ktc_SEARCHED);
}

void fill_more(TemplateDictionary& dict, const Sentence& more, const Words& words) {
    if (!more.empty()) dict.SetValueAndShowSection(ktc_MORE_TEXT, words.sentence(more), ktc_MORE);
}

void fill_cores(const TopComputePage& page, TemplateDictionary& dict, const Words& words) {
    if (page.cores.rows.empty()) return dict.ShowSection(ktc_NO_CORES);
    TemplateDictionary& table = *dict.AddSectionDictionary(ktc_CORE_TABLE);
    if (page.cores.rows.size() > kLongTopTable) table.ShowSection(ktc_TALL);
    add_columns(table, ktc_COLUMNS, page.cores.columns, words);
    for (const TopCoreRow& row : page.cores.rows) {
        fill_core_row(*table.AddSectionDictionary(ktc_CORE_ROW), row, words);
    }
    fill_more(table, page.cores.more, words);
}

void fill_gpus(const TopComputePage& page, TemplateDictionary& dict, const Words& words) {
    if (page.gpus.rows.empty()) return dict.ShowSection(ktc_NO_GPUS);
    TemplateDictionary& table = *dict.AddSectionDictionary(ktc_GPU_TABLE);
    if (page.gpus.rows.size() > kLongTopTable) table.ShowSection(ktc_TALL);
    add_columns(table, ktc_COLUMNS, page.gpus.columns, words);
    for (const TopGpuRow& row : page.gpus.rows) {
        fill_gpu_row(*table.AddSectionDictionary(ktc_GPU_ROW), row, words);
    }
    fill_more(table, page.gpus.more, words);
}

}  // namespace

std::string fill(const TopComputePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("top_compute.tpl"));
    add_time(dict, ktc_FRESH, page.frame.now, "clock", words);
    fill_search(page, dict);
    fill_cores(page, dict, words);
    fill_gpus(page, dict, words);
    return words.text(mark("Cores, memory and GPUs"));
}

}  // namespace portal::views
