#include "views/pages/top/growth_page.h"

#include <ctemplate/template.h>

#include <cmath>

#include "views/base/format.h"
#include "views/markers/growth_page.tpl.h"
#include "views/parts/instant.h"

namespace portal::views {
namespace {

using Write = std::string (*)(double, const Words&);

std::string bytes_text(double bytes, const Words& words) {
    return words.bytes(bytes);
}

std::string files_text(double files, const Words& words) {
    return format::large_count(files, words.language());
}

/// With its sign.
std::string change_text(double change, Write write, const Words& words) {
    if (change == 0) return write(0, words);
    return (change > 0 ? "+" : "−") + write(std::abs(change), words);
}

void fill_row(TemplateDictionary& item, const GrowthRow& row, const Words& words) {
    add_top_user(item, kgp_OWNER, row.owner, words);
    item.SetValue(kgp_PLACE, row.place);
    item.SetValue(kgp_GROWN, change_text(row.bytes.grown, &bytes_text, words));
    item.SetValue(kgp_BYTES, bytes_text(row.bytes.now, words));
    item.SetValue(kgp_FILES_GROWN, change_text(row.files.grown, &files_text, words));
    item.SetValue(kgp_FILES, files_text(row.files.now, words));
    const std::string nothing = words.text(mark("nothing"));
    item.SetValue(kgp_BYTES_BEFORE, row.appeared ? nothing : bytes_text(row.bytes.then, words));
    item.SetValue(kgp_FILES_BEFORE, row.appeared ? nothing : files_text(row.files.then, words));
    item.SetValue(kgp_SINCE, row.since);
}

std::string heading(const GrowthPage& page, const Words& words) {
    if (page.whole_span) return words.text(mark("Who grew most in 30 days"));
    if (page.since.empty()) return words.text(mark("Who grew most"));
    return words.text(mark("Who grew most since {0}"), {page.since});
}

void fill_table(TemplateDictionary& table, const GrowthPage& page, const Words& words) {
    if (page.table.rows.size() > kLongTopTable) table.ShowSection(kgp_TALL);
    add_columns(table, kgp_COLUMNS, page.table.columns, words);
    for (const GrowthRow& row : page.table.rows) {
        TemplateDictionary& item = *table.AddSectionDictionary(kgp_ROW);
        if (!row.owner.link.empty()) item.ShowSection(kgp_LINKED);
        fill_row(item, row, words);
    }
    if (!page.table.more.empty()) {
        table.SetValueAndShowSection(kgp_MORE_TEXT, words.sentence(page.table.more), kgp_MORE);
    }
}

}  // namespace

std::string fill(const GrowthPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("growth_page.tpl"));
    add_time(dict, kgp_FRESH, page.frame.now, "clock", words);
    add_notices(dict, kgp_NOTICES, page.notices, words);
    dict.SetValue(kgp_HEADING, heading(page, words));
    dict.SetValue(kgp_PEOPLE_LINK, page.people_link);
    dict.SetValue(kgp_GROUPS_LINK, page.groups_link);
    dict.SetValue(kgp_FILE_LINK, page.file_link);
    dict.ShowSection(page.groups ? kgp_GROUPS_HERE : kgp_PEOPLE_HERE);
    if (!page.compared) {
        dict.ShowSection(kgp_TOO_EARLY);
    } else if (page.table.rows.empty()) {
        dict.ShowSection(kgp_NOBODY);
    } else {
        fill_table(*dict.AddSectionDictionary(kgp_TABLE), page, words);
    }
    return words.text(mark("Growth of storage"));
}

}  // namespace portal::views
