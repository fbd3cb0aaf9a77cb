#include "views/parts/tiles/tiles.h"

#include <ctemplate/template.h>

#include <cmath>

#include "views/markers/part_verdict_strip.tpl.h"
#include "views/parts/value.h"

namespace portal::views {

void add_tiles(TemplateDictionary& dict, const TemplateString& marker,
               const std::vector<Tile>& tiles, const Words& words) {
    if (tiles.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_verdict_strip.tpl", words);
    for (const Tile& tile : tiles) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpvs_TILE);
        const double* ratio = std::get_if<double>(&tile.share.value);
        // A grade means nothing without the number it grades.
        const Tone tone = tone_of(ratio == nullptr ? Grade::Unknown : tile.share.grade);
        item.SetValue(kpvs_TONE, tone.tone);
        item.SetValue(kpvs_ICON, tone.icon);
        item.SetValue(kpvs_NAME, tile.name);
        item.SetValue(kpvs_ANCHOR, tile.anchor);
        item.ShowSection(tile.anchor.empty() ? kpvs_PLAIN : kpvs_LINK);
        add_reading(item, kpvs_VALUE, tile.shown, tile.value, words);
        if (!tile.unit.empty()) {
            item.SetValueAndShowSection(kpvs_UNIT_TEXT, tile.unit, kpvs_UNIT);
        }
        item.SetValue(kpvs_NOTE, tile.note);
        if (ratio != nullptr && std::isfinite(*ratio)) {
            item.ShowSection(kpvs_BAR);
            item.SetValue(kpvs_WIDTH, bar_length(*ratio));
            item.SetValue(kpvs_PERCENT, words.percent(*ratio));
        }
        if (!tile.word.empty()) {
            item.SetValueAndShowSection(kpvs_WORD_TEXT, tile.word, kpvs_WORD);
        }
    }
}

}  // namespace portal::views
