#pragma once

#include <optional>
#include <string>

#include "views/parts/charts/charts.h"
#include "views/parts/tiles/use_tiles.h"

/// What the pages of a project and of one of its machines share.
namespace portal::views {

enum class InstanceState { Running, Paused, Stopped };

/// A virtual machine; memory in bytes.
struct InstanceRow {
    std::string name;
    std::string flavor;
    std::string uuid;
    std::string link;  ///< empty: none
    InstanceState state = InstanceState::Running;
    std::optional<Instant> stopped;  ///< when it ran last, if that is known and over
    UseRow vcpus;                    ///< mean use while it ran
    UseRow memory;
};

/// The state as a badge, and since when it does not run.
void add_instance_state(TemplateDictionary& dict, const TemplateString& marker,
                        const InstanceRow& instance, const Words& words);

}  // namespace portal::views
