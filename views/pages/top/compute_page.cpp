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

void fill_more(TemplateDictionary& dict, const Sentence& more, const Words& words) {
    if (!more.empty()) dict.SetValueAndShowSection(kcp_MORE_TEXT, words.sentence(more), kcp_MORE);
}

void fill_cores(const TopComputePage& page, TemplateDictionary& dict, const Words& words) {
    if (page.cores.rows.empty()) return dict.ShowSection(kcp_NO_CORES);
    TemplateDictionary& table = *dict.AddSectionDictionary(kcp_CORE_TABLE);
    if (page.cores.rows.size() > kLongTopTable) table.ShowSection(kcp_TALL);
    add_columns(table, kcp_COLUMNS, page.cores.columns, words);
    for (const TopCoreRow& row : page.cores.rows) {
        fill_core_row(*table.AddSectionDictionary(kcp_CORE_ROW), row, words);
    }
    fill_more(table, page.cores.more, words);
}

void fill_gpus(const TopComputePage& page, TemplateDictionary& dict, const Words& words) {
    if (page.gpus.rows.empty()) return dict.ShowSection(kcp_NO_GPUS);
    TemplateDictionary& table = *dict.AddSectionDictionary(kcp_GPU_TABLE);
    if (page.gpus.rows.size() > kLongTopTable) table.ShowSection(kcp_TALL);
    add_columns(table, kcp_COLUMNS, page.gpus.columns, words);
    for (const TopGpuRow& row : page.gpus.rows) {
        fill_gpu_row(*table.AddSectionDictionary(kcp_GPU_ROW), row, words);
    }
    fill_more(table, page.gpus.more, words);
}

}  // namespace

std::string fill(const TopComputePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("compute_page.tpl"));
    add_time(dict, kcp_FRESH, page.frame.now, "clock", words);
    fill_search(page, dict);
    fill_cores(page, dict, words);
    fill_gpus(page, dict, words);
    return words.text(mark("Cores, memory and GPUs"));
}

}  // namespace portal::views
