#include "views/parts/controls.h"

#include <ctemplate/template.h>

#include "views/markers/part_columns.tpl.h"
#include "views/markers/part_ranges.tpl.h"
#include "views/parts/parts.h"

namespace portal::views {

using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

std::string range_name(Seconds length, const Words& words) {
    using std::chrono::days;
    using std::chrono::hours;
    if (length < days{2}) {
        return words.text(mark("{0} h"), {std::to_string(length / hours{1})});
    }
    return words.text(mark("{0} days"), {std::to_string(length / days{1})});
}

void add_ranges(TemplateDictionary& dict, const TemplateString& marker,
                const std::vector<RangeChoice>& ranges, const Words& words) {
    if (ranges.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_ranges.tpl", words);
    for (const RangeChoice& range : ranges) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpr_RANGE);
        item.SetValue(kpr_RANGE_HREF, range.link);
        item.SetValue(kpr_RANGE_NAME, range_name(range.length, words));
        if (range.current) item.ShowSection(kpr_RANGE_HERE);
    }
}

void add_columns(TemplateDictionary& dict, const TemplateString& marker,
                 const std::vector<SortColumn>& columns, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_columns.tpl", words);
    for (const SortColumn& column : columns) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpc_COLUMN);
        item.SetValue(kpc_COLUMN_TITLE, words.sentence(column.title));
        if (column.number) item.ShowSection(kpc_NUMBER);
        if (column.order == SortColumn::Order::Ascending) item.ShowSection(kpc_UP);
        if (column.order == SortColumn::Order::Descending) item.ShowSection(kpc_DOWN);
        if (!column.link.empty()) {
            item.SetValueAndShowSection(kpc_SORT_HREF, column.link, kpc_SORTABLE);
            item.ShowSection(kpc_SORTABLE_END);
        }
        if (!column.unit.empty()) {
            item.SetValueAndShowSection(kpc_UNIT_NAME, words.text(column.unit), kpc_UNIT);
        }
    }
}

}  // namespace portal::views
