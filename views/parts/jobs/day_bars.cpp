#include "views/parts/jobs/day_bars.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "views/base/format.h"
#include "views/markers/part_day_bars.tpl.h"
#include "views/parts/grade.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

using Hours = UsedHours DayBar::*;

/// Width of a bar with its gap, and the gap.
constexpr std::size_t kWidth = 10;
constexpr std::size_t kGap = 2;

double most_of(const DayBars& bars, Hours of) {
    double most = 0;
    for (const DayBar& bar : bars.bars) most = std::max(most, (bar.*of).had.value_or(0));
    return most;
}

std::string dates(const DayBar& bar) {
    return bar.first == bar.last ? bar.first : bar.first + " – " + bar.last;
}

std::string hours_text(const std::optional<double>& hours, const Words& words) {
    return hours ? words.number(*hours) : words.text(mark("no data"));
}

/// A piece of a bar from one height to another, as shares of the chart's.
void add_piece(TemplateDictionary& item, const TemplateString& section,
               const TemplateString& bottom, const TemplateString& height, double from, double to) {
    if (to <= from) return;
    TemplateDictionary& piece = *item.AddSectionDictionary(section);
    piece.SetValue(bottom, bar_length(1 - to));
    piece.SetValue(height, bar_length(to - from));
}

void add_bar(TemplateDictionary& chart, const DayBar& bar, const UsedHours& hours,
             std::size_t place, double most, const Words& words) {
    TemplateDictionary& item = *chart.AddSectionDictionary(kpdb_BAR);
    item.SetValue(kpdb_X, std::to_string(place * kWidth + kGap / 2));
    item.SetValue(kpdb_TITLE, words.text(mark("{0}: {1} allocated, {2} used"),
                                         {dates(bar), hours_text(hours.had, words),
                                          hours_text(hours.used, words)}));
    const double had = hours.had.value_or(0) / most;
    const double known = std::min(hours.known.value_or(0) / most, had);
    const double used = std::min(hours.used.value_or(0) / most, known);
    add_piece(item, kpdb_USED, kpdb_TOP, kpdb_HEIGHT, 0, used);
    add_piece(item, kpdb_IDLE, kpdb_TOP, kpdb_HEIGHT, used, known);
    add_piece(item, kpdb_UNKNOWN, kpdb_TOP, kpdb_HEIGHT, known, had);
}

void add_chart(TemplateDictionary& part, const DayBars& bars, Hours of, const char* name,
               const Words& words) {
    const double most = most_of(bars, of);
    if (most <= 0) return;
    TemplateDictionary& chart = *part.AddSectionDictionary(kpdb_CHART);
    const char* title = bars.weeks ? mark("{0} by week") : mark("{0} by day");
    chart.SetValue(kpdb_NAME, words.text(title, {words.text(name)}));
    chart.SetValue(kpdb_MOST, words.number(most));
    chart.SetValue(kpdb_WIDTH, std::to_string(bars.bars.size() * kWidth));
    chart.SetValue(kpdb_FIRST, bars.bars.front().first);
    chart.SetValue(kpdb_LAST, bars.bars.back().last);
    std::size_t place = 0;
    for (const DayBar& bar : bars.bars) add_bar(chart, bar, bar.*of, place++, most, words);
}

void add_number(TemplateDictionary& row, const TemplateString& marker,
                const std::optional<double>& number, const Words& words) {
    add_reading(row, marker, reading(number), number ? words.number(*number) : "", words);
}

void add_row(TemplateDictionary& part, const DayBar& bar, bool gpus, const Words& words) {
    TemplateDictionary& row = *part.AddSectionDictionary(kpdb_ROW);
    row.SetValue(kpdb_DATES, dates(bar));
    row.SetValue(kpdb_JOBS, format::count(bar.jobs, words.language()));
    if (bar.jobs == 0) {
        row.ShowSection(kpdb_NO_JOBS);
        if (gpus) row.ShowSection(kpdb_NO_JOBS_GPUS);
        return;
    }
    TemplateDictionary& cells = *row.AddSectionDictionary(kpdb_CELLS);
    add_number(cells, kpdb_CORES_HAD, bar.cores.had, words);
    add_number(cells, kpdb_CORES_USED, bar.cores.used, words);
    if (!gpus) return;
    TemplateDictionary& more = *row.AddSectionDictionary(kpdb_GPU_CELLS);
    add_number(more, kpdb_GPUS_HAD, bar.gpus.had, words);
    add_number(more, kpdb_GPUS_USED, bar.gpus.used, words);
}

}  // namespace

void add_day_bars(TemplateDictionary& dict, const TemplateString& marker, const DayBars& bars,
                  const Words& words) {
    const bool gpus = most_of(bars, &DayBar::gpus) > 0;
    if (most_of(bars, &DayBar::cores) <= 0 && !gpus) return;
    TemplateDictionary& part = include(dict, marker, "part_day_bars.tpl", words);
    add_chart(part, bars, &DayBar::cores, mark("Core-hours"), words);
    add_chart(part, bars, &DayBar::gpus, mark("GPU-hours"), words);
    if (gpus) part.ShowSection(kpdb_GPU_HEADS);
    for (const DayBar& bar : bars.bars) add_row(part, bar, gpus, words);
}

}  // namespace portal::views
