#include "views/pages/accountstats/account_list.h"

#include <ctemplate/template.h>

#include "views/markers/account_list.tpl.h"
#include "views/pages/accountstats/priority.h"
#include "views/parts/charts/notices.h"
#include "views/parts/instant.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

using Kind = AccountSection::Kind;

/// What a section is called, and what its accounts are.
struct SectionWords {
    const char* id;
    const char* name;
    const char* note;
};

SectionWords words_of(Kind kind) {
    switch (kind) {
        case Kind::Competition:
            return {"competition", mark("Resource allocations"),
                    mark("Accounts with their own award from the resource allocation competition "
                         "(RAC).")};
        case Kind::Default:
            return {"default", mark("Default accounts"),
                    mark("Every group has these; they have no RAC award.")};
        case Kind::Other:
            break;
    }
    return {"other", mark("Other allocations"),
            mark("Active allocations without computing of their own. They may have accounts.")};
}

void add_value(TemplateDictionary& item, const TemplateString& marker, const Reading& reading,
               const Words& words) {
    const double* value = std::get_if<double>(&reading);
    add_reading(item, marker, reading, value == nullptr ? "" : words.number(*value), words);
}

void fill_measured(TemplateDictionary& item, const AccountRow& row, const Words& words) {
    TemplateDictionary& cells = *item.AddSectionDictionary(kal_MEASURED);
    if (std::holds_alternative<NoData>(row.allocated)) return cells.ShowSection(kal_IDLE);
    add_value(cells, kal_ALLOCATED, row.allocated, words);
    add_value(cells, kal_USED, row.used, words);
}

void fill_row(TemplateDictionary& item, const AccountRow& row, const AccountIndexPage& page,
              Kind kind, const Words& words) {
    item.SetValue(kal_HREF, row.link);
    item.SetValue(kal_NAME, row.account);
    item.SetValue(kal_TYPE, row.gpu ? words.text(mark("GPUs")) : words.text(mark("CPU cores")));
    if (kind == Kind::Competition) {
        add_value(*item.AddSectionDictionary(kal_GRANTED), kal_AMOUNT, row.granted, words);
    }
    if (page.measured) fill_measured(item, row, words);
    if (page.has_priority) {
        const double* value = std::get_if<double>(&row.priority);
        add_reading(*item.AddSectionDictionary(kal_PRIORITY), kal_PRIORITY_VALUE, row.priority,
                    value == nullptr ? "" : priority_text(*value, words), words);
    }
}

void fill_section(TemplateDictionary& item, const AccountSection& section,
                  const AccountIndexPage& page, const Words& words) {
    const SectionWords said = words_of(section.kind);
    item.SetValue(kal_SECTION_ID, said.id);
    item.SetValue(kal_SECTION_NAME, words.text(said.name));
    item.SetValue(kal_SECTION_NOTE, words.text(said.note));
    if (section.kind == Kind::Competition) item.ShowSection(kal_GRANTED_HEAD);
    if (page.measured) item.ShowSection(kal_MEASURED_HEAD);
    if (page.has_priority) item.ShowSection(kal_PRIORITY_HEAD);
    for (const AccountRow& row : section.rows) {
        fill_row(*item.AddSectionDictionary(kal_ROW), row, page, section.kind, words);
    }
}

}  // namespace

std::string fill(const AccountIndexPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("account_list.tpl"));
    add_time(dict, kal_FRESH, page.frame.now, "clock", words);
    add_notices(dict, kal_NOTICES, page.notices, words);
    if (page.frame.staff) dict.SetValueAndShowSection(kal_PATH, page.path, kal_STAFF);
    if (page.sections.empty()) dict.ShowSection(kal_NO_ACCOUNTS);
    for (const AccountSection& section : page.sections) {
        fill_section(*dict.AddSectionDictionary(kal_SECTION), section, page, words);
    }
    return words.text(mark("My accounts"));
}

}  // namespace portal::views
