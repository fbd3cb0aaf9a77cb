#pragma once

#include <string>
#include <vector>

#include "views/base/sentence.h"
#include "views/parts/part.h"

namespace portal::views {

/// One option of a job script, now and next time. An empty text: it is not there.
struct NextLine {
    std::string before;
    std::string after;
};

/// What to write in the job script next time.
struct NextTime {
    std::vector<NextLine> lines;
    std::vector<Sentence> saves;  ///< what a run like this one would hold less of
};

/// Adds nothing without lines.
void add_next_time(TemplateDictionary& dict, const TemplateString& marker, const NextTime& next,
                   const Words& words);

}  // namespace portal::views
