#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fcgi/base/job_state.h"
#include "views/parts/part.h"

namespace portal::views {

/// A job, or an array, of a chain.
struct ChainJob {
    std::string number;
    std::string name;
    std::string link;
    JobState state = JobState::Unknown;
    std::uint32_t state_number = 0;
    bool here = false;    ///< the page is about it
    bool blocks = false;  ///< a job that waits for it cannot start yet
};

/// Jobs that wait for each other: those of a stage wait for some of the stages before it.
struct Chain {
    std::vector<std::vector<ChainJob>> stages;  ///< fewer than two: there is no chain
    bool cut = false;                           ///< there are more than are shown
};

/// The stages from left to right; nothing if there is no chain.
void add_chain(TemplateDictionary& dict, const TemplateString& marker, const Chain& chain,
               const Words& words);
/// The jobs that another one waits for, each with a link and its state; nothing if there are none.
void add_waits(TemplateDictionary& dict, const TemplateString& marker,
               const std::vector<ChainJob>& jobs, const Words& words);

}  // namespace portal::views
