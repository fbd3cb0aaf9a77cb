#pragma once

// views/parts/tiles is strips of tiles: of a job's verdict, of use, of quotas. May include the
// small parts, fcgi/base and views/base; knows no page.

#include <string>
#include <vector>

#include "views/parts/grade.h"

namespace portal::views {

/// One tile of a strip: a share in percent with what it means.
struct Tile {
    std::string name;
    std::string anchor;  ///< graph it links to; empty: none
    Share share;
    Reading shown;      ///< what is shown large; usually the share
    std::string value;  ///< `shown` written out
    std::string unit;   ///< after the value, small; may be empty
    std::string note;
    std::string word;  ///< the verdict in words; empty: none
};

void add_tiles(TemplateDictionary& dict, const TemplateString& marker,
               const std::vector<Tile>& tiles, const Words& words);

}  // namespace portal::views
