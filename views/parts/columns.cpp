#include "views/parts/columns.h"

#include <ctemplate/template.h>

#include "views/markers/part_columns.tpl.h"

namespace portal::views {

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
