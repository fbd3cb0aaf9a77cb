#include "views/pages/cloudstats/cloudstats_instance.h"

#include <ctemplate/template.h>

#include "views/markers/cloudstats_instance.tpl.h"
#include "views/pages.h"
#include "views/pages/cloudstats/cloud_charts.h"
#include "views/parts/controls.h"
#include "views/parts/parts.h"
#include "views/parts/use_tiles.h"

namespace portal::views {

std::string fill(const CloudInstancePage& page, ctemplate::TemplateDictionary& dict,
                 const Words& words) {
    const InstanceRow& instance = page.instance;
    dict.SetFilename(words.file("cloudstats_instance.tpl"));
    dict.SetValue(kci_NAME, instance.name);
    dict.SetValue(kci_UUID, instance.uuid);
    dict.SetValue(kci_FLAVOR, instance.flavor);
    dict.SetValue(kci_PROJECT, page.project);
    add_instance_state(dict, kci_STATE, instance, words);
    add_time(dict, kci_FRESH, page.frame.now, "clock", words);
    add_ranges(dict, kci_RANGES, page.ranges, words);
    add_tiles(dict, kci_TILES,
              {use_tile(mark("CPU cores"), "graph-cpu", instance.vcpus, Unit::Count, words),
               use_tile(mark("Memory"), "graph-memory", instance.memory, Unit::Bytes, words)},
              words);
    add_charts(dict, kci_CHARTS, page.charts, cloud_charts(), instance.name, words);
    return words.text(mark("Instance {0}"), {instance.name});
}

}  // namespace portal::views
