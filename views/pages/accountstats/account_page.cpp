#include "views/pages/accountstats/account_page.h"

#include <ctemplate/template.h>

#include "fcgi/base/reading.h"
#include "views/base/format.h"
#include "views/markers/account_page.tpl.h"
#include "views/pages/accountstats/account_charts.h"
#include "views/pages/accountstats/priority.h"
#include "views/parts/charts/notices.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/grade.h"
#include "views/parts/instant.h"
#include "views/parts/tiles/tiles.h"
#include "views/parts/tiles/use_tiles.h"

namespace portal::views {
namespace {

using Measure = MemberTable::Measure;

const char* tile_name(Measure measure) {
    if (measure == Measure::Cores) return mark("CPU cores");
    return measure == Measure::Memory ? mark("Memory") : mark("GPUs");
}

const char* tile_anchor(Measure measure) {
    if (measure == Measure::Cores) return "graph-cpu_wasted";
    return measure == Measure::Memory ? "graph-mem_wasted" : "graph-gpu_wasted";
}

/// "1,200 of 2,000 core-hours used".
std::string use_note(const HeldUse& use, Measure measure, const Words& words) {
    const double* used = std::get_if<double>(&use.used);
    const double* allocated = std::get_if<double>(&use.allocated);
    if (used == nullptr || allocated == nullptr) return {};
    return words.text(mark("{0} of {1} {2} used"),
                      {hours_text(*used, measure, words), hours_text(*allocated, measure, words),
                       words.text(hours_word(measure))});
}

Tile use_tile(const HeldUse& use, Measure measure, const Words& words) {
    Tile tile;
    tile.name = words.text(tile_name(measure));
    tile.anchor = tile_anchor(measure);
    tile.share = use.share;
    tile.shown = use.share.value;
    if (const double* ratio = std::get_if<double>(&use.share.value)) {
        tile.value = words.percent(*ratio);
    }
    if (use.share.grade != Grade::Unknown) tile.word = words.text(tone_of(use.share.grade).word);
    tile.note = use_note(use, measure, words);
    return tile;
}

Tile priority_tile(const Reading& priority, const Words& words) {
    Tile tile;
    tile.name = words.text(mark("Priority"));
    tile.anchor = "priority";
    tile.shown = priority;
    const double* value = std::get_if<double>(&priority);
    if (value == nullptr) return tile;
    tile.value = priority_text(*value, words);
    if (*value >= kHighestPriority) {
        tile.note = words.text(mark("It has used nothing for a while: its jobs come first."));
        return tile;
    }
    if (*value < 1) tile.note = words.text(mark("Above its share: jobs wait longer."));
    if (*value > 1) tile.note = words.text(mark("Below its share: jobs start sooner."));
    return tile;
}

std::vector<Tile> tiles_of(const AccountPage& page, const Words& words) {
    std::vector<Tile> tiles;
    const MemberTable& table = page.members;
    for (std::size_t place = 0; place < table.total.size(); ++place) {
        const HeldUse& use = table.total[place];
        if (std::holds_alternative<NoData>(use.allocated)) continue;
        tiles.push_back(use_tile(use, table.measures[place], words));
    }
    if (page.priority) tiles.push_back(priority_tile(*page.priority, words));
    return tiles;
}

void fill_idle(const AccountPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.idle.empty()) return;
    TemplateDictionary& idle = *dict.AddSectionDictionary(kap_IDLE);
    idle.SetValue(kap_IDLE_COUNT, format::count(page.idle.size(), words.language()));
    for (const std::string& login : page.idle) {
        idle.SetValueAndShowSection(kap_MEMBER_LOGIN, login, kap_MEMBER);
    }
}

void fill_members(const AccountPage& page, TemplateDictionary& dict, const Words& words) {
    if (!page.measured) return;
    TemplateDictionary& section = *dict.AddSectionDictionary(kap_MEASURED);
    add_ranges(section, kap_RANGES, page.ranges, words);
    if (!page.waste_link.empty()) {
        section.SetValueAndShowSection(kap_WASTE_LINK, page.waste_link, kap_WASTE);
    }
    add_tiles(section, kap_TILES, tiles_of(page, words), words);
    add_member_table(section, kap_TABLE, page.members, words);
    fill_idle(page, section, words);
}

void fill_priority(const AccountPage& page, TemplateDictionary& dict, const Words& words) {
    if (!page.granted.empty()) {
        dict.SetValueAndShowSection(kap_GRANTED_TEXT, words.sentence(page.granted), kap_GRANTED);
    }
    if (!page.range_given) dict.ShowSection(kap_SIXTY_DAYS);
    if (!page.measured) {
        add_ranges(*dict.AddSectionDictionary(kap_PRIORITY_RANGES), kap_RANGES, page.ranges, words);
    }
    if (page.priority_charts.empty()) return;
    add_charts(dict, kap_PRIORITY_CHARTS, page.priority_charts, account_charts(), page.account,
               words);
}

void fill_sections(const AccountPage& page, TemplateDictionary& dict, const Words& words) {
    for (const ChartSection& section : page.sections) {
        const std::string name = section_word(section.id, words);
        TemplateDictionary& link = *dict.AddSectionDictionary(kap_SECTION_LINK);
        TemplateDictionary& item = *dict.AddSectionDictionary(kap_SECTION);
        for (TemplateDictionary* one : {&link, &item}) {
            one->SetValue(kap_SECTION_ID, section.id);
            one->SetValue(kap_SECTION_NAME, name);
        }
        add_charts(item, kap_CHARTS, section.charts, account_charts(), page.account, words);
    }
}

}  // namespace

std::string fill(const AccountPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("account_page.tpl"));
    dict.SetValue(kap_ACCOUNT, page.account);
    add_time(dict, kap_FRESH, page.frame.now, "clock", words);
    add_notices(dict, kap_NOTICES, page.notices, words, account_charts());
    fill_members(page, dict, words);
    fill_priority(page, dict, words);
    fill_sections(page, dict, words);
    return words.text(mark("Account {0}"), {page.account});
}

}  // namespace portal::views
