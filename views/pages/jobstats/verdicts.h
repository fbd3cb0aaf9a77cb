#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/base/sentence.h"
#include "views/parts/grade.h"
#include "views/parts/value.h"

namespace portal::views {

/// One tile of the verdict strip.
struct Verdict {
    std::string_view key;     ///< which measure it is: cores, memory ...
    const char* name = "";    ///< message id
    Unit unit = Unit::Count;  ///< of the two amounts
    Share share;
    Reading used;
    Reading whole;            ///< what the job had of it; NoData: there is no such thing
    Sentence word;            ///< "Good", "Ran out of time" ...
    std::string anchor;       ///< graph it links to
    bool from_steps = false;  ///< by Slurm's own accounting, not by samples
};

void add_verdicts(TemplateDictionary& dict, const TemplateString& marker,
                  const std::vector<Verdict>& verdicts, const Words& words);

}  // namespace portal::views
