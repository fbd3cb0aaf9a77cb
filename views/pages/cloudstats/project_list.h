#pragma once

#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/base/frame.h"
#include "views/parts/charts/notices.h"

namespace portal::views {

/// A project with what its running machines have together; memory in bytes.
struct CloudProjectRow {
    std::string name;
    std::string link;  ///< empty: its name cannot be part of an address
    Reading running;   ///< machines that run
    Reading lately;    ///< machines that ran in the last seven days
    Reading vcpus;
    Reading memory;
};

/// The projects that somebody may look at.
struct CloudListPage {
    Frame frame;
    bool all = false;  ///< everybody's, for staff
    std::vector<Notice> notices;
    std::vector<CloudProjectRow> projects;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const CloudListPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
