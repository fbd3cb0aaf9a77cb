#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/base/frame.h"
#include "views/base/words.h"
#include "views/parts/job_parts.h"

namespace ctemplate {
class TemplateDictionary;
class TemplateString;
}  // namespace ctemplate

/// What pages share: each function adds one part_*.tpl under a marker of the page.
namespace portal::views {

/// Class and icon of a state or a grade, as in the style sheet.
struct Tone {
    const char* tone;
    const char* icon;
    const char* word;  ///< message id
};

[[nodiscard]] Tone tone_of(JobState state);
[[nodiscard]] Tone tone_of(Grade grade);

/// One tile of a strip: a share in percent with what it means.
struct Tile {
    std::string name;
    std::string anchor;  ///< graph it links to; empty: none
    Share share;
    Reading shown;      ///< what stands large; usually the share
    std::string value;  ///< `shown` written out
    std::string unit;   ///< behind the value, small; may be empty
    std::string note;
    std::string word;  ///< the verdict in words; empty: none
};

/// A number of a unit with its name; what is missing is written as on the page.
[[nodiscard]] std::string written(double value, Unit unit, const Words& words);

/// Adds the template `name` under `marker`, in the words' language.
ctemplate::TemplateDictionary& include(ctemplate::TemplateDictionary& dict,
                                       const ctemplate::TemplateString& marker,
                                       std::string_view name, const Words& words);

/// A number for machines: decimal point, no grouping, base unit.
std::string raw_number(double number);
/// A number written out (and as it is, for machines), "no data" or "unavailable: source".
void add_reading(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                 const Reading& reading, const std::string& text, const Words& words);
/// A reading written in its unit.
void add_amount(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                const Reading& reading, Unit unit, const Words& words);
void add_unavailable(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                     SourceId source, const Words& words);
/// The same for one of several of a kind, named: "Robinhood (lustre06)".
void add_unavailable(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                     const std::string& name, const Words& words);
/// A moment; `style` as in the script: absolute, relative, clock ...
void add_time(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
              Instant instant, const char* style, const Words& words);
/// A state badge; `times` > 0 is written behind the word.
void add_state(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
               JobState state, std::uint32_t number, std::size_t times, const Words& words);
/// A grade with its sign and word; nothing if it is unknown.
void add_grade(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
               Grade grade, const Words& words);
/// A bar with its percentage; `label` says what it measures. The grade is in the colour, and a word
/// for those who do not see it.
void add_share(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
               const Share& share, const std::string& label, const Words& words);
/// The same with the sign and word of the grade beside it.
void add_graded_share(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                      const Share& share, const std::string& label, const Words& words);
/// Nothing if there are none.
void add_notices(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                 const std::vector<Notice>& notices, const Words& words);
void add_tiles(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
               const std::vector<Tile>& tiles, const Words& words);

/// Length of a bar, 0 to 100 with a point, whatever the language.
[[nodiscard]] std::string bar_length(double ratio);
/// The word of a state, Slurm's number behind it where it is not known.
[[nodiscard]] std::string state_word(JobState state, std::uint32_t number, const Words& words);
/// Name of a source for people.
[[nodiscard]] std::string source_word(SourceId source, const Words& words);

}  // namespace portal::views
