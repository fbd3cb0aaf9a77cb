#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "fcgi/base/job_state.h"
#include "views/parts/part.h"

namespace portal::views {

[[nodiscard]] Tone tone_of(JobState state);
/// The word of a state, with Slurm's number if it is not known.
[[nodiscard]] std::string state_word(JobState state, std::uint32_t number, const Words& words);
/// A state badge; `times` > 0 is written after the word.
void add_state(TemplateDictionary& dict, const TemplateString& marker, JobState state,
               std::uint32_t number, std::size_t times, const Words& words);

}  // namespace portal::views
