#include "views/pages/cloudstats/cloudstats_project.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "views/markers/cloudstats_project.tpl.h"
#include "views/pages.h"
#include "views/pages/cloudstats/cloud_charts.h"
#include "views/parts/controls.h"
#include "views/parts/parts.h"

namespace portal::views {
namespace {

using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

/// An amount above its bar; what is missing is said once, by the bar.
void add_used(TemplateDictionary& item, const TemplateString& marker, const UseRow& row, Unit unit,
              const Words& words) {
    if (std::holds_alternative<double>(row.share.value)) {
        add_amount(item, marker, row.used, unit, words);
    }
}

void fill_row(TemplateDictionary& item, const InstanceRow& row, const Words& words) {
    item.SetValue(kcp_NAME, row.name);
    item.SetValue(kcp_UUID, row.uuid);
    if (row.link.empty()) {
        item.ShowSection(kcp_PLAIN);
    } else {
        item.SetValueAndShowSection(kcp_HREF, row.link, kcp_LINK);
    }
    item.SetValue(kcp_FLAVOR, row.flavor);
    add_instance_state(item, kcp_STATE, row, words);
    add_amount(item, kcp_VCPUS, row.vcpus.allocated, Unit::Count, words);
    add_used(item, kcp_USED_VCPUS, row.vcpus, Unit::Count, words);
    add_share(item, kcp_VCPUS_BAR, row.vcpus.share, words.text(mark("Cores used")), words);
    add_amount(item, kcp_MEMORY, row.memory.allocated, Unit::Bytes, words);
    add_used(item, kcp_USED_MEMORY, row.memory, Unit::Bytes, words);
    add_share(item, kcp_MEMORY_BAR, row.memory.share, words.text(mark("Memory used")), words);
}

}  // namespace

std::string fill(const CloudProjectPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("cloudstats_project.tpl"));
    dict.SetValue(kcp_PROJECT, page.project);
    add_time(dict, kcp_FRESH, page.frame.now, "clock", words);
    add_ranges(dict, kcp_RANGES, page.ranges, words);
    dict.ShowSection(page.instances.empty() ? kcp_NONE : kcp_TABLE);
    const auto running = static_cast<std::size_t>(
        std::count_if(page.instances.begin(), page.instances.end(),
                      [](const InstanceRow& row) { return row.state != InstanceState::Stopped; }));
    dict.SetValue(kcp_RUNNING, words.plural("{0} instance runs.", "{0} instances run.", running));
    for (const InstanceRow& row : page.instances) {
        fill_row(*dict.AddSectionDictionary(kcp_ROW), row, words);
    }
    add_charts(dict, kcp_CHARTS, page.charts, cloud_charts(), page.project, words);
    return words.text(mark("Project {0}"), {page.project});
}

}  // namespace portal::views
