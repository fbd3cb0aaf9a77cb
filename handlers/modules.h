#pragma once

// handlers is one folder for each module and what they share. This is the list of all modules, one
// row each, which a module's own folder fills. The configuration, the routes, the navigation, the
// links to other portals and check-config read it. modules.cpp may include each module's face
// (top/top.h); whoever reads the list includes this header only, and no module includes another.

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/config/section.h"
#include "handlers/background/task.h"
#include "handlers/route.h"
#include "handlers/site.h"
#include "handlers/sources/current_request.h"

namespace portal {

/// Something that a module shows, and whether the site has what it takes.
struct Shown {
    std::string_view what;
    bool (*there)(const Site&);
};

/// All that the rest of the portal knows of a module.
struct Module {
    std::string_view name{};  ///< in [portal] modules and in paths; empty: every site has it
    const char* word{};       ///< in the navigation: mark("..."); nullptr: it has no entry
    std::string_view icon{};  ///< of that entry, in the sprite
    bool staff = false;       ///< the entry is for staff only
    bool (*is_on)(const Site&) = nullptr;  ///< what else it takes; nullptr: nothing
    Routes routes{};
    std::vector<config::SectionKind<Site>> sections{};  ///< of the configuration file
    std::string_view needs{};  ///< kind of section without which it shows nothing
    std::vector<Shown> shows{};
    /// Pages that every portal with this module has, by their routes. What follows in a longer
    /// route names something of this cluster.
    std::vector<std::string_view> shared{};
    /// What it does in the background; context and request outlive the tasks. nullptr: nothing.
    background::Tasks (*tasks)(Context&, CurrentRequest&) = nullptr;
};

/// The work of all modules that the site has switched on.
[[nodiscard]] background::Tasks all_tasks(Context& context, CurrentRequest& request);

/// Every module, in the order of the navigation.
[[nodiscard]] const std::vector<Module>& all_modules();

/// True if the site shows the module.
[[nodiscard]] bool has_module(const Site& site, std::string_view module);

/// Names of those that a site may switch on.
[[nodiscard]] std::vector<std::string> module_names();
/// A value that lists one or more of these names. Throws ConfigError.
[[nodiscard]] std::vector<std::string> module_names(const config::Value& value);

/// Routes of all modules that the site has switched on.
[[nodiscard]] Routes all_routes(const Site& site);

}  // namespace portal
