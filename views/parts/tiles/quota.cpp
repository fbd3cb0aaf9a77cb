#include "views/parts/tiles/quota.h"

#include <ctemplate/template.h>

#include <cmath>

#include "views/base/format.h"
#include "views/markers/part_quota.tpl.h"
#include "views/parts/grade.h"
#include "views/parts/instant.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

constexpr double kNearly = 0.9;
constexpr double kWorthAShare = 0.001;  // less is a row of zeros
constexpr double kFull = 0.995;         // is written as 100 %

/// What a line is called and how its numbers are written.
struct LineWords {
    std::string name;
    std::string of_limit;  ///< beside the bar, with a limit
    std::string no_limit;  ///< beside the place of the bar, without one
    std::string note;      ///< the other way to say it
    std::string growth{};
};

double grown_of(const QuotaLine& line) {
    return line.growth ? line.growth->grown : 0;
}

LineWords bytes_words(double used, const QuotaLine& line, const Words& words) {
    const std::string size = words.bytes(used);
    LineWords said{words.text(mark("Space")), {}, size, {}};
    said.growth = growth_text(line, words.bytes(grown_of(line)), words);
    if (const auto ratio = line.ratio()) {
        said.of_limit =
            words.text(mark("{1} of {0}"), {words.bytes(*line.limit), words.percent(*ratio)});
        said.note = words.text(mark("{0} used"), {size});
    }
    return said;
}

LineWords files_words(double used, const QuotaLine& line, const Words& words) {
    const std::string count = format::large_count(used, words.language());
    LineWords said{words.text(mark("Files")), {}, count, {}};
    said.growth = growth_text(line, format::large_count(grown_of(line), words.language()), words);
    if (const auto ratio = line.ratio()) {
        said.of_limit = words.text(mark("{0} of {1} files"),
                                   {count, format::large_count(*line.limit, words.language())});
        if (*ratio >= kWorthAShare || used == 0) said.note = words.percent(*ratio);
    }
    return said;
}

void fill_missing(TemplateDictionary& item, const Quota& quota, const QuotaLine& line,
                  const Words& words) {
    item.ShowSection(kpq_NO_BAR);
    const auto* missing = std::get_if<Unavailable>(&line.used);
    if (missing != nullptr && !quota.away.empty()) {
        return add_unavailable(item, kpq_VALUE, quota.away, words);
    }
    if (missing != nullptr || line.none.empty()) {
        return add_reading(item, kpq_VALUE, missing != nullptr ? line.used : NoData{}, {}, words);
    }
    item.SetValueAndShowSection(kpq_NONE_TEXT, words.sentence(line.none), kpq_NONE);
}

void fill_line(TemplateDictionary& item, const Quota& quota, const QuotaLine& line,
               const LineWords& said, const Words& words) {
    item.SetValue(kpq_NAME, said.name);
    const double* used = std::get_if<double>(&line.used);
    // Nothing takes less than no space.
    if (used == nullptr || !std::isfinite(*used) || *used < 0)
        return fill_missing(item, quota, line, words);
    if (!said.growth.empty()) item.SetValueAndShowSection(kpq_GREW_TEXT, said.growth, kpq_GREW);
    const auto ratio = line.ratio();
    const Tone tone = tone_of_quota(ratio);
    item.SetValue(kpq_TONE, tone.tone);
    if (!ratio) {
        item.ShowSection(kpq_NO_BAR);
        add_reading(item, kpq_VALUE, line.used, said.no_limit, words);
        item.SetValueAndShowSection(kpq_NOTE_TEXT, words.text(mark("no limit known")), kpq_NOTE);
        return;
    }
    item.ShowSection(kpq_BAR);
    item.SetValue(kpq_WIDTH, bar_length(*ratio));
    item.SetValue(kpq_PERCENT, words.percent(*ratio));
    item.SetValue(kpq_LABEL, quota.title + ", " + said.name);
    add_reading(item, kpq_VALUE, line.used, said.of_limit, words);
    if (!said.note.empty()) item.SetValueAndShowSection(kpq_NOTE_TEXT, said.note, kpq_NOTE);
    if (line.pace && *ratio < kFull) {
        const QuotaPace& pace = *line.pace;
        item.ShowSection(kpq_PACE);
        add_times(item, kpq_PACE_TEXT, mark("full around {0} ({1} to {2}) at this pace"),
                  {pace.expected, pace.early, pace.late}, "day", words);
    }
    if (*tone.word == '\0') return;
    item.SetValueAndShowSection(kpq_WORD_TEXT, words.text(tone.word), kpq_WORD);
    item.SetValue(kpq_ICON, tone.icon);
}

double value_or_zero(const Reading& reading) {
    const double* value = std::get_if<double>(&reading);
    return value == nullptr ? 0 : *value;
}

}  // namespace

Tone tone_of_quota(std::optional<double> ratio) {
    if (!ratio || *ratio < kNearly) return {"", "", ""};
    if (*ratio > 1) return {"is-bad", "bad", mark("over quota")};
    if (*ratio >= kFull) return {"is-bad", "bad", mark("full")};
    return {"is-warn", "warn", mark("nearly full")};
}

std::string growth_text(const QuotaLine& line, const std::string& grown, const Words& words) {
    if (!line.growth) return {};
    const QuotaGrowth& growth = *line.growth;
    if (growth.appeared) {
        return growth.since.empty()
                   ? words.text(mark("grown from nothing in 30 days"))
                   : words.text(mark("grown from nothing since {0}"), {growth.since});
    }
    return growth.since.empty() ? words.text(mark("grown by {0} in 30 days"), {grown})
                                : words.text(mark("grown by {0} since {1}"), {grown, growth.since});
}

void add_quota(TemplateDictionary& dict, const TemplateString& marker, const Quota& quota,
               const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_quota.tpl", words);
    fill_line(*part.AddSectionDictionary(kpq_LINE), quota, quota.bytes,
              bytes_words(value_or_zero(quota.bytes.used), quota.bytes, words), words);
    fill_line(*part.AddSectionDictionary(kpq_LINE), quota, quota.files,
              files_words(value_or_zero(quota.files.used), quota.files, words), words);
}

}  // namespace portal::views
