#include "views/pages/jobstats/verdicts.h"

#include <ctemplate/template.h>

#include "fcgi/base/reading.h"
#include "views/parts/tiles/tiles.h"
#include "views/parts/value.h"

namespace portal::views {

namespace {

std::string verdict_note(const Verdict& verdict, const Words& words) {
    const Unit unit = verdict.unit;
    const double* used = finite(verdict.used);
    const double* whole = finite(verdict.whole);
    std::string note;
    if (used != nullptr && whole != nullptr) {
        note = words.text(mark("{0} of {1}"),
                          {written(*used, unit, words), written(*whole, unit, words)});
    } else if (whole != nullptr) {
        note = words.text(mark("requested: {0}"), {written(*whole, unit, words)});
    } else if (used != nullptr && finite(verdict.share.value) != nullptr && unit != Unit::Ratio) {
        note = written(*used, unit, words);
    }
    if (!verdict.from_steps) return note;
    if (!note.empty()) note += ", ";
    return note + words.text(mark("according to Slurm"));
}

}  // namespace

void add_verdicts(TemplateDictionary& dict, const TemplateString& marker,
                  const std::vector<Verdict>& verdicts, const Words& words) {
    std::vector<Tile> tiles;
    for (const Verdict& verdict : verdicts) {
        Tile tile;
        tile.name = words.text(verdict.name);
        tile.anchor = verdict.anchor;
        tile.share = verdict.share;
        tile.word = words.sentence(verdict.word);
        tile.note = verdict_note(verdict, words);
        if (const double* ratio = finite(verdict.share.value)) {
            tile.shown = *ratio;
            tile.value = words.percent(*ratio);
        } else if (const double* used = finite(verdict.used)) {
            tile.shown = *used;
            tile.value = written(*used, verdict.unit, words);
        } else {
            tile.shown = std::holds_alternative<Unavailable>(verdict.used) ? verdict.used
                                                                           : verdict.share.value;
        }
        tiles.push_back(std::move(tile));
    }
    add_tiles(dict, marker, tiles, words);
}

}  // namespace portal::views
