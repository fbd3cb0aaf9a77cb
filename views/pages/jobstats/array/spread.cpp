#include "views/pages/jobstats/array/spread.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <cmath>

#include "views/base/format.h"
#include "views/markers/part_spreads.tpl.h"

namespace portal::views {
namespace {

constexpr double kHeight = 60;
constexpr long kBinWidth = 10;

void add_bins(TemplateDictionary& item, const Spread& spread, const Words& words) {
    const Spread::Bins& bins = spread.values->bins;
    const auto most = static_cast<double>(*std::max_element(bins.tasks.begin(), bins.tasks.end()));
    const double step = bins.top / static_cast<double>(bins.tasks.size());
    for (std::size_t i = 0; i < bins.tasks.size(); ++i) {
        if (bins.tasks[i] == 0) continue;
        // The least bar can still be seen.
        const double share = static_cast<double>(bins.tasks[i]) / most;
        const auto height = static_cast<long>(std::max(2.0, std::round(kHeight * share)));
        TemplateDictionary& bar = *item.AddSectionDictionary(kps_BIN);
        bar.SetIntValue(kps_X, static_cast<long>(i) * kBinWidth);
        bar.SetIntValue(kps_Y, static_cast<long>(kHeight) - height);
        bar.SetIntValue(kps_HEIGHT, height);
        TemplateDictionary& row = *item.AddSectionDictionary(kps_ROW);
        const auto from = static_cast<double>(i);
        row.SetValue(kps_ROW_FROM, written(from * step, spread.unit, words));
        row.SetValue(kps_ROW_TO, written((from + 1) * step, spread.unit, words));
        row.SetValue(kps_ROW_TASKS, format::count(bins.tasks[i], words.language()));
    }
}

void add_limit(TemplateDictionary& item, const Spread& spread, const Words& words) {
    if (!spread.requested) return;
    const Spread::Bins& bins = spread.values->bins;
    const double width = static_cast<double>(bins.tasks.size()) * kBinWidth;
    const double place = std::min(width * *spread.requested / bins.top, width - 1);
    item.SetIntValue(kps_LIMIT_X, static_cast<long>(place));
    item.ShowSection(kps_LIMIT);
    item.SetValueAndShowSection(kps_LIMIT_SAID,
                                words.text(mark("Dashed line: requested {0}"),
                                           {written(*spread.requested, spread.unit, words)}),
                                kps_LIMIT_TEXT);
}

void add_values(TemplateDictionary& card, const Spread& spread, const Words& words) {
    const Spread::Values& values = *spread.values;
    const auto say = [&](double value) { return written(value, spread.unit, words); };
    TemplateDictionary& item = *card.AddSectionDictionary(kps_VALUES);
    item.SetValue(kps_QUARTILES,
                  words.text(mark("Median {0}. Half of the tasks: {1} to {2}. All: {3} to {4}."),
                             {say(values.median), say(values.first_quartile),
                              say(values.third_quartile), say(values.least), say(values.most)}));
    item.SetIntValue(kps_WIDTH, static_cast<long>(values.bins.tasks.size()) * kBinWidth);
    item.SetValue(kps_TITLE,
                  words.plural("How {0} task is spread", "How {0} tasks are spread", values.of));
    item.SetValue(kps_LEAST_END, say(0));
    item.SetValue(kps_MOST_END, say(values.bins.top));
    add_bins(item, spread, words);
    add_limit(item, spread, words);
}

}  // namespace

void add_spreads(TemplateDictionary& dict, const TemplateString& marker,
                 const std::vector<Spread>& spreads, const Words& words) {
    if (spreads.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_spreads.tpl", words);
    for (const Spread& spread : spreads) {
        TemplateDictionary& card = *part.AddSectionDictionary(kps_SPREAD);
        card.SetValue(kps_NAME, words.text(spread.name));
        if (spread.values) {
            add_values(card, spread, words);
        } else if (spread.unavailable) {
            card.ShowSection(kps_AWAY);
            add_unavailable(card, kps_MISSING, SourceId::Slurm, words);
        } else {
            card.ShowSection(kps_NONE);
        }
    }
}

}  // namespace portal::views
