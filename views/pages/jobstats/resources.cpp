#include "views/pages/jobstats/resources.h"

#include <ctemplate/template.h>

#include "fcgi/base/reading.h"
#include "views/markers/part_resource_table.tpl.h"
#include "views/parts/value.h"

namespace portal::views {

namespace {

struct Cell {
    const TemplateString& marker;
    const TemplateString& nothing;
};

/// A cell; a dash where the row has no such value.
void add_cell(TemplateDictionary& item, const Cell& cell, const std::optional<Reading>& reading,
              Unit unit, const Words& words) {
    if (!reading) return item.ShowSection(cell.nothing);
    add_amount(item, cell.marker, *reading, unit, words);
}

void fill_resource(TemplateDictionary& item, const ResourceRow& row, const Words& words) {
    const std::string name = words.text(row.name);
    item.SetValue(kprt_KIND, name);
    if (!row.detail.empty()) {
        item.SetValueAndShowSection(kprt_DETAIL_TEXT, row.detail, kprt_DETAIL);
    }
    if (row.unlimited) {
        item.ShowSection(kprt_NO_LIMIT);
    } else {
        add_cell(item, {kprt_ASKED, kprt_NOT_ASKED}, row.requested, row.unit, words);
    }
    add_cell(item, {kprt_ALLOCATED, kprt_NOT_ALLOCATED}, row.allocated, row.unit, words);
    add_cell(item, {kprt_USED, kprt_NOT_USED}, row.used, row.unit, words);
    if (std::holds_alternative<NoData>(row.share.value)) {
        item.ShowSection(kprt_NO_SHARE);
    } else {
        add_share(item, kprt_SHARE, row.share, name, words);
    }
}

}  // namespace

void add_resources(TemplateDictionary& dict, const TemplateString& marker,
                   const std::vector<ResourceRow>& rows, const Words& words) {
    if (rows.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_resource_table.tpl", words);
    for (const ResourceRow& row : rows) {
        fill_resource(*part.AddSectionDictionary(kprt_ROW), row, words);
    }
}

}  // namespace portal::views
