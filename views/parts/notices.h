#pragma once

#include <string>
#include <vector>

#include "views/parts/part.h"

namespace portal::views {

/// One notice of a page; the heaviest come first.
struct Notice {
    enum class Weight { Error, Warning, Information };
    Weight weight = Weight::Information;
    Sentence title;  ///< may be empty
    Sentence text;
    std::string anchor;  ///< id of the section or graph it speaks of, without `#`; empty: none
};

/// Adds nothing for an empty list.
void add_notices(TemplateDictionary& dict, const TemplateString& marker,
                 const std::vector<Notice>& notices, const Words& words);

}  // namespace portal::views
