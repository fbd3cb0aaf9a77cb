#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/parts/charts/ranges.h"

namespace portal::views {

/// One of the site's own texts, in the reader's language already.
struct HomeCard {
    std::string title;
    std::string text;
    std::string link;  ///< empty: none
    std::string link_text;
};

/// The home page: public, and made without asking any source.
struct HomePage {
    Frame frame;
    std::vector<HomeCard> texts;
    std::vector<std::string> file_systems;  ///< names, each with its two graphs
    std::string graphs;                     ///< where they are: GRAPHS<file system>/ost.json
    std::vector<RangeChoice> ranges;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const HomePage& page, TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
