#include "views/pages/cloudstats/project_page.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "views/markers/project_page.tpl.h"
#include "views/pages/cloudstats/cloud_charts.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/grade.h"
#include "views/parts/instant.h"
#include "views/parts/tiles/use_tiles.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

/// An amount above its bar; what is missing is said once, by the bar.
void add_used(TemplateDictionary& item, const TemplateString& marker, const UseRow& row, Unit unit,
              const Words& words) {
    if (std::holds_alternative<double>(row.share.value)) {
        add_amount(item, marker, row.used, unit, words);
    }
}

void fill_row(TemplateDictionary& item, const InstanceRow& row, const Words& words) {
    item.SetValue(kpp_NAME, row.name);
    item.SetValue(kpp_UUID, row.uuid);
    if (row.link.empty()) {
        item.ShowSection(kpp_PLAIN);
    } else {
        item.SetValueAndShowSection(kpp_HREF, row.link, kpp_LINK);
    }
    item.SetValue(kpp_FLAVOR, row.flavor);
    add_instance_state(item, kpp_STATE, row, words);
    add_amount(item, kpp_VCPUS, row.vcpus.allocated, Unit::Count, words);
    add_used(item, kpp_USED_VCPUS, row.vcpus, Unit::Count, words);
    add_share(item, kpp_VCPUS_BAR, row.vcpus.share, words.text(mark("Cores used")), words);
    add_amount(item, kpp_MEMORY, row.memory.allocated, Unit::Bytes, words);
    add_used(item, kpp_USED_MEMORY, row.memory, Unit::Bytes, words);
    add_share(item, kpp_MEMORY_BAR, row.memory.share, words.text(mark("Memory used")), words);
}

}  // namespace

std::string fill(const CloudProjectPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("project_page.tpl"));
    dict.SetValue(kpp_PROJECT, page.project);
    add_time(dict, kpp_FRESH, page.frame.now, "clock", words);
    add_ranges(dict, kpp_RANGES, page.ranges, words);
    dict.ShowSection(page.instances.empty() ? kpp_NONE : kpp_TABLE);
    const auto running = static_cast<std::size_t>(
        std::count_if(page.instances.begin(), page.instances.end(),
                      [](const InstanceRow& row) { return row.state != InstanceState::Stopped; }));
    dict.SetValue(kpp_RUNNING,
                  words.plural("{0} running instance.", "{0} running instances.", running));
    for (const InstanceRow& row : page.instances) {
        fill_row(*dict.AddSectionDictionary(kpp_ROW), row, words);
    }
    add_charts(dict, kpp_CHARTS, page.charts, cloud_charts(), page.project, words);
    return words.text(mark("Project {0}"), {page.project});
}

}  // namespace portal::views
