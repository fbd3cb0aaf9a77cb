#include "views/parts/jobs/time_limits.h"

#include <ctemplate/template.h>

#include "views/base/format.h"
#include "views/markers/part_time_limits.tpl.h"
#include "views/parts/grade.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

void add_hours(TemplateDictionary& row, const TemplateString& marker,
               const std::optional<double>& hours, const Words& words) {
    add_reading(row, marker, reading(hours), hours ? words.number(*hours) : "", words);
}

/// "1,204 (31 %)".
std::string part_text(std::uint64_t some, std::uint64_t all, const Words& words) {
    std::string text = format::count(some, words.language());
    if (some == 0 || all == 0) return text;
    const double part = static_cast<double>(some) / static_cast<double>(all);
    return text + " (" + words.percent(part) + ")";
}

}  // namespace

void add_time_limits(TemplateDictionary& dict, const TemplateString& marker,
                     const TimeLimitTable& table, const Words& words) {
    if (table.rows.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_time_limits.tpl", words);
    part.SetValue(kptl_WHO, words.sentence(table.who));
    for (const TimeLimitRow& one : table.rows) {
        TemplateDictionary& row = *part.AddSectionDictionary(kptl_ROW);
        if (one.name.empty()) {
            row.ShowSection(kptl_UNNAMED);
        } else {
            row.SetValue(kptl_NAME, one.name);
            if (one.link.empty()) row.ShowSection(kptl_PLAIN);
            if (!one.link.empty()) row.SetValueAndShowSection(kptl_HREF, one.link, kptl_LINK);
        }
        row.SetValue(kptl_JOBS, format::count(one.limit_jobs, words.language()));
        add_hours(row, kptl_REQUESTED, one.requested, words);
        add_hours(row, kptl_RAN, one.ran, words);
        add_share(row, kptl_BAR, {reading(one.share)}, words.text(mark("Time used")), words);
        row.SetValue(kptl_ENDED, part_text(one.limit_reached, one.limit_jobs, words));
        row.SetValue(kptl_SHORT, format::count(one.short_jobs, words.language()));
    }
}

}  // namespace portal::views
