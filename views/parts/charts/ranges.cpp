#include "views/parts/charts/ranges.h"

#include <ctemplate/template.h>

#include "views/markers/part_ranges.tpl.h"

namespace portal::views {

std::string range_name(Seconds length, const Words& words) {
    using std::chrono::days;
    using std::chrono::hours;
    if (length == Seconds{0}) return words.text(mark("Now"));
    if (length < days{2}) {
        return words.text(mark("{0} h"), {std::to_string(length / hours{1})});
    }
    return words.text(mark("{0} days"), {std::to_string(length / days{1})});
}

void add_ranges(TemplateDictionary& dict, const TemplateString& marker,
                const std::vector<RangeChoice>& ranges, const Words& words) {
    if (ranges.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_ranges.tpl", words);
    for (const RangeChoice& range : ranges) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpr_RANGE);
        item.SetValue(kpr_RANGE_HREF, range.link);
        item.SetValue(kpr_RANGE_NAME, range_name(range.length, words));
        if (range.current) item.ShowSection(kpr_RANGE_HERE);
    }
}

}  // namespace portal::views
