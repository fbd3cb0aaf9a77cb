#include "views/pages/quotas/quotas_page.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <array>

#include "fcgi/base/reading.h"
#include "views/base/format.h"
#include "views/markers/quotas_page.tpl.h"
#include "views/parts/charts/notices.h"
#include "views/parts/columns.h"
#include "views/parts/grade.h"
#include "views/parts/instant.h"
#include "views/parts/part.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

/// From here on a table scrolls in its own box under a header that stays.
constexpr std::size_t kLongTable = 15;

std::string count_text(double count, const Words& words) {
    return format::count(static_cast<std::uint64_t>(count), words.language());
}

void fill_person(TemplateDictionary& person, const ProjectOwner& owner, const Words& words) {
    add_reading(person, kqp_USER_FILES, reading(owner.files),
                count_text(owner.files.value_or(0), words), words);
    add_reading(person, kqp_USER_BYTES, reading(owner.bytes), words.bytes(owner.bytes.value_or(0)),
                words);
}

void fill_person(TemplateDictionary& person, const NearlineOwner& owner, const Words& words) {
    struct Cell {
        const char* name;
        const std::optional<double>& value;
        bool bytes;
        bool known;
    };
    for (const Cell& cell :
         {Cell{mark("Files on disk"), owner.disk_files, false, owner.disk_known},
          Cell{mark("Space on disk"), owner.disk_bytes, true, owner.disk_known},
          Cell{mark("Files on tape"), owner.tape_files, false, owner.tape_known},
          Cell{mark("Space on tape"), owner.tape_bytes, true, owner.tape_known}}) {
        TemplateDictionary& item = *person.AddSectionDictionary(kqp_CELL);
        item.SetValue(kqp_COLUMN_NAME, words.text(cell.name));
        if (!cell.value && cell.known) {
            item.ShowSection(kqp_FEW);
            continue;
        }
        const double amount = cell.value.value_or(0);
        add_reading(item, kqp_AMOUNT, reading(cell.value),
                    cell.bytes ? words.bytes(amount) : count_text(amount, words), words);
    }
}

/// Card, table and columns: the same for both kinds.
template <class Kind>
TemplateDictionary& add_card(TemplateDictionary& dict, const TemplateString& marker,
                             const Kind& kind, const Words& words) {
    TemplateDictionary& card = *dict.AddSectionDictionary(marker);
    card.SetValue(kqp_CARD, kind.id);
    card.SetValue(kqp_GROUP, kind.quota.title);
    if (!kind.quota.place.empty()) {
        card.SetValueAndShowSection(kqp_PLACE_NAME, kind.quota.place, kqp_PLACE);
    }
    if (kind.owners.empty()) return card;
    TemplateDictionary& people = *card.AddSectionDictionary(kqp_PEOPLE);
    if (kind.owners.size() > kLongTable) people.ShowSection(kqp_TALL);
    add_columns(people, kqp_COLUMNS, kind.columns, words);
    for (const auto& owner : kind.owners) {
        TemplateDictionary& person = *people.AddSectionDictionary(kqp_PERSON);
        person.SetValue(kqp_USER, owner.user);
        fill_person(person, owner, words);
    }
    return card;
}

void fill_segments(TemplateDictionary& held, const NearlineQuota& store, const Words& words) {
    const double sum = store.disk_bytes + store.tape_bytes;
    const double whole = std::max({sum, store.quota.bytes.limit.value_or(0), 1.0});
    held.SetValue(kqp_DISK_WIDTH, bar_length(store.disk_bytes / whole));
    held.SetValue(kqp_TAPE_WIDTH, bar_length(store.tape_bytes / whole));
    held.SetValue(kqp_DISK_TEXT, words.text(mark("{0} on disk"), {words.bytes(store.disk_bytes)}));
    held.SetValue(kqp_TAPE_TEXT, words.text(mark("{0} on tape"), {words.bytes(store.tape_bytes)}));
    const auto files = [&](double count) {
        return words.plural("{0} file", "{0} files", static_cast<std::uint64_t>(count));
    };
    held.SetValue(kqp_DISK_FILES, files(store.disk_files));
    held.SetValue(kqp_TAPE_FILES, files(store.tape_files));
}

/// The whole against the limit, in words.
void fill_total(TemplateDictionary& held, const QuotaLine& line, const Words& words) {
    const std::string size = words.bytes(std::get<double>(line.used));
    const auto ratio = line.ratio();
    if (!ratio) {
        add_reading(held, kqp_TOTAL, line.used, words.text(mark("{0} used"), {size}), words);
        held.SetValue(kqp_TOTAL_NOTE, words.text(mark("no limit known")));
        return;
    }
    add_reading(held, kqp_TOTAL, line.used,
                words.text(mark("{1} of {0}"), {words.bytes(*line.limit), words.percent(*ratio)}),
                words);
    held.SetValue(kqp_TOTAL_NOTE, words.text(mark("{0} used"), {size}));
    const Tone tone = tone_of_quota(ratio);
    held.SetValue(kqp_TONE, tone.tone);
    if (*tone.word == '\0') return;
    held.SetValueAndShowSection(kqp_WORD_TEXT, words.text(tone.word), kqp_WORD);
    held.SetValue(kqp_ICON, tone.icon);
}

void fill_store(TemplateDictionary& card, const NearlineQuota& store, const Words& words) {
    if (std::holds_alternative<Unavailable>(store.quota.bytes.used)) {
        card.ShowSection(kqp_AWAY);
        return add_unavailable(card, kqp_AWAY_NOTE, store.quota.away, words);
    }
    TemplateDictionary& held = *card.AddSectionDictionary(kqp_HELD);
    fill_total(held, store.quota.bytes, words);
    fill_segments(held, store, words);
    const auto& growth = store.quota.bytes.growth;
    const std::string grew =
        growth_text(store.quota.bytes, words.bytes(growth ? growth->grown : 0), words);
    if (!grew.empty()) held.SetValueAndShowSection(kqp_GREW_TEXT, grew, kqp_GREW);
}

}  // namespace

std::string fill(const QuotasPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("quotas_page.tpl"));
    const bool mine = page.frame.viewer == page.owner;
    dict.ShowSection(mine ? kqp_MINE : kqp_OTHER);
    dict.SetValue(kqp_OWNER, page.owner);
    add_time(dict, kqp_FRESH, page.frame.now, "clock", words);
    add_notices(dict, kqp_NOTICES, page.notices, words);
    if (page.projects.empty()) dict.ShowSection(kqp_NO_PROJECT);
    for (const ProjectQuota& project : page.projects) {
        add_quota(add_card(dict, kqp_PROJECT, project, words), kqp_QUOTA, project.quota, words);
    }
    if (!page.nearline.empty()) {
        dict.ShowSection(kqp_LINKS);
        TemplateDictionary& section = *dict.AddSectionDictionary(kqp_NEARLINE);
        for (const NearlineQuota& store : page.nearline) {
            fill_store(add_card(section, kqp_STORE, store, words), store, words);
        }
    }
    return mine ? words.text(mark("My quotas")) : words.text(mark("Quotas of {0}"), {page.owner});
}

}  // namespace portal::views
