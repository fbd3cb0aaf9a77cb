#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/parts/grade.h"
#include "views/parts/value.h"

namespace portal::views {

/// One row of the resources table. An empty cell: the row has no such value.
struct ResourceRow {
    const char* name = "";  ///< message id
    Unit unit = Unit::Count;
    std::optional<Reading> requested;
    std::optional<Reading> allocated;
    std::optional<Reading> used;
    Share share;
    std::string detail;      ///< GPU model
    bool unlimited = false;  ///< nothing was requested, which means no limit
};

/// Nothing if there are no rows. Before a job starts, nothing is allocated or used: no cell says
/// "no data" then.
void add_resources(TemplateDictionary& dict, const TemplateString& marker,
                   const std::vector<ResourceRow>& rows, const Words& words);

}  // namespace portal::views
