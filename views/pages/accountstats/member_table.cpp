#include "views/pages/accountstats/member_table.h"

#include <ctemplate/template.h>

#include <array>

#include "views/markers/part_held.tpl.h"
#include "views/markers/part_members.tpl.h"
#include "views/parts/columns.h"
#include "views/parts/grade.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

using Measure = MemberTable::Measure;

constexpr std::size_t kLongTable = 20;

const char* measure_word(Measure measure) {
    if (measure == Measure::Cores) return mark("CPU cores");
    return measure == Measure::Memory ? mark("Memory") : mark("GPUs");
}

bool is_none(const Reading& reading) {
    return std::holds_alternative<NoData>(reading);
}

/// "Wasted (core-hours)": a cell's name where the table has become cards.
std::string label_of(const char* title, Measure measure, const Words& words) {
    return words.text(title) + " (" + words.text(hours_word(measure)) + ")";
}

void add_number(TemplateDictionary& part, const Reading& reading, const char* title,
                Measure measure, bool held, const Words& words) {
    TemplateDictionary& cell = *part.AddSectionDictionary(kph_NUMBER);
    cell.SetValue(kph_LABEL, label_of(title, measure, words));
    if (!held) return cell.ShowSection(kph_NONE);
    const double* value = std::get_if<double>(&reading);
    const std::string text = value == nullptr ? "" : hours_text(*value, measure, words);
    add_reading(cell, kph_VALUE, reading, text, words);
}

/// Four cells of each measure; a dash where nothing of it was held.
void add_uses(TemplateDictionary& dict, const TemplateString& marker,
              const std::vector<HeldUse>& uses, const MemberTable& table, const Words& words) {
    for (std::size_t place = 0; place < uses.size(); ++place) {
        const HeldUse& use = uses[place];
        const Measure measure = table.measures[place];
        const bool held = !is_none(use.allocated) || !is_none(use.used);
        // A part of its own for each measure keeps the order of the cells.
        TemplateDictionary& part = include(dict, marker, "part_held.tpl", words);
        add_number(part, use.allocated, mark("Allocated"), measure, held, words);
        add_number(part, use.used, mark("Used"), measure, held, words);
        add_number(part, use.wasted, mark("Wasted"), measure, held, words);
        TemplateDictionary& cell = *part.AddSectionDictionary(kph_SHARE);
        const std::string label = words.text(mark("Used share"));
        cell.SetValue(kph_LABEL, label);
        if (is_none(use.share.value)) {
            cell.ShowSection(kph_NO_SHARE);
        } else {
            add_share(cell, kph_BAR, use.share, label, words);
        }
    }
}

void fill_row(TemplateDictionary& item, const MemberRow& row, const MemberTable& table,
              const Words& words) {
    if (row.login.empty()) {
        item.ShowSection(kpm_UNNAMED);
    } else if (row.link.empty()) {
        item.SetValueAndShowSection(kpm_LOGIN, row.login, kpm_PLAIN);
    } else {
        item.ShowSection(kpm_LINKED);
        item.ShowSection(kpm_LINK);
        item.SetValue(kpm_HREF, row.link);
        item.SetValue(kpm_LOGIN, row.login);
    }
    if (row.former) item.ShowSection(kpm_FORMER);
    add_uses(item, kpm_CELLS, row.uses, table, words);
}

}  // namespace

void add_member_table(TemplateDictionary& dict, const TemplateString& marker,
                      const MemberTable& table, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_members.tpl", words);
    if (table.missing) {
        part.ShowSection(kpm_AWAY);
        return add_unavailable(part, kpm_SOURCE, *table.missing, words);
    }
    if (table.rows.empty()) return part.ShowSection(kpm_NOBODY);
    TemplateDictionary& shown = *part.AddSectionDictionary(kpm_TABLE);
    if (table.rows.size() > kLongTable) shown.ShowSection(kpm_TALL);
    for (const Measure measure : table.measures) {
        TemplateDictionary& group = *shown.AddSectionDictionary(kpm_GROUP);
        group.SetValue(kpm_GROUP_NAME, words.text(measure_word(measure)));
        group.SetValue(kpm_GROUP_UNIT, words.text(hours_word(measure)));
    }
    add_columns(shown, kpm_COLUMNS, table.columns, words);
    for (const MemberRow& row : table.rows) {
        fill_row(*shown.AddSectionDictionary(kpm_ROW), row, table, words);
    }
    add_uses(shown, kpm_TOTAL, table.total, table, words);
}

const char* hours_word(Measure measure) {
    if (measure == Measure::Cores) return mark("core-hours");
    return measure == Measure::Memory ? mark("TiB-hours") : mark("GPU-hours");
}

std::string hours_text(double value, Measure measure, const Words& words) {
    return words.number(measure == Measure::Memory ? value / kTebibyte : value);
}

}  // namespace portal::views
