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
    std::vector<Sentence> saves;   ///< what a run like this one would hold less of
    Sentence basis;                ///< from which runs that is; may be empty
    Sentence outcome;              ///< how these runs would have ended with it; may be empty
    std::vector<Sentence> doubts;  ///< why these runs are no ground for less of something
    std::string history;           ///< the page of all runs of this kind; empty: none
    bool of_newest = false;        ///< "now" is the newest run of several, not the page's job
};

/// Adds nothing without lines and doubts.
void add_next_time(TemplateDictionary& dict, const TemplateString& marker, const NextTime& next,
                   const Words& words);

}  // namespace portal::views
