#pragma once

#include <span>
#include <string>
#include <vector>

#include "views/parts/charts/charts.h"
#include "views/parts/part.h"

namespace portal::views {

/// One notice of a page; the heaviest come first.
struct Notice {
    enum class Weight { Error, Warning, Information };
    Weight weight = Weight::Information;
    Sentence title;  ///< may be empty
    Sentence text;
    std::string anchor;  ///< id of the section or graph it speaks of, without `#`; empty: none
    std::string rule{};  ///< name of the rule it comes from; empty: none
    Sentence lost{};     ///< what it cost; may be empty
};

/// Adds nothing for an empty list. Links to charts are named by the words of the page's own charts.
void add_notices(TemplateDictionary& dict, const TemplateString& marker,
                 const std::vector<Notice>& notices, const Words& words,
                 std::span<const ChartWords> charts = {});

}  // namespace portal::views
