#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/pages/top/top_table.h"
#include "views/parts/charts/notices.h"

namespace portal::views {

/// Bytes or files at both ends, and what was added: below zero where it became less.
struct GrowthAmount {
    double then = 0;
    double now = 0;
    double grown = 0;
};

/// Somebody whose storage on a file system grew.
struct GrowthRow {
    TopUser owner;
    std::string place;  ///< the file system, in the page's language
    GrowthAmount bytes;
    GrowthAmount files;
    bool appeared = false;  ///< had nothing at all then
    std::string since;      ///< "2026-11-12"
};

/// Whose storage grew most, in the order of the page.
struct GrowthPage {
    Frame frame;
    bool groups = false;      ///< rows are groups, not people
    bool compared = false;    ///< of some file system there are two copies
    bool whole_span = false;  ///< of some file system 30 days are kept
    std::string since;        ///< where all of them compare with the same day; else empty
    std::string people_link;
    std::string groups_link;
    std::string file_link;  ///< all rows as CSV
    std::vector<Notice> notices;
    TopTable<GrowthRow> table;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const GrowthPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
