#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/base/sentence.h"

namespace portal::views {

/// The way to one of the pages of Top.
struct TopCard {
    Sentence title;
    Sentence text;
    std::string link;
    std::string icon;  ///< of the sprite
};

/// The first page of Top.
struct TopIndexPage {
    Frame frame;
    std::vector<TopCard> cards;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const TopIndexPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
