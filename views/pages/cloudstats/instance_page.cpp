#include "views/pages/cloudstats/instance_page.h"

#include <ctemplate/template.h>

#include "views/markers/instance_page.tpl.h"
#include "views/pages/cloudstats/cloud_charts.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/instant.h"
#include "views/parts/tiles/tiles.h"
#include "views/parts/tiles/use_tiles.h"
#include "views/parts/value.h"

namespace portal::views {

std::string fill(const CloudInstancePage& page, TemplateDictionary& dict, const Words& words) {
    const InstanceRow& instance = page.instance;
    dict.SetFilename(words.file("instance_page.tpl"));
    dict.SetValue(kip_NAME, instance.name);
    dict.SetValue(kip_UUID, instance.uuid);
    dict.SetValue(kip_FLAVOR, instance.flavor);
    dict.SetValue(kip_PROJECT, page.project);
    add_instance_state(dict, kip_STATE, instance, words);
    add_time(dict, kip_FRESH, page.frame.now, "clock", words);
    add_ranges(dict, kip_RANGES, page.ranges, words);
    add_tiles(dict, kip_TILES,
              {use_tile(mark("CPU cores"), "graph-cpu", instance.vcpus, Unit::Count, words),
               use_tile(mark("Memory"), "graph-memory", instance.memory, Unit::Bytes, words)},
              words);
    add_charts(dict, kip_CHARTS, page.charts, cloud_charts(), instance.name, words);
    return words.text(mark("Instance {0}"), {instance.name});
}

}  // namespace portal::views
