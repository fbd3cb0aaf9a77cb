#pragma once

#include <string>

#include "fcgi/base/reading.h"
#include "views/parts/part.h"

namespace portal::views {

/// How good a measured share is, by the site's verdict table. Odd: more than there was, so it is
/// not judged.
enum class Grade { Good, Fair, Poor, Odd, Unknown };

/// A share of what was requested, 0 to 1 and beyond, with its grade.
struct Share {
    Reading value;  ///< ratio
    Grade grade = Grade::Unknown;
};

[[nodiscard]] Tone tone_of(Grade grade);
/// Length of a bar, 0 to 100 with a point, whatever the language.
[[nodiscard]] std::string bar_length(double ratio);
/// A grade with its sign and word; nothing if it is unknown.
void add_grade(TemplateDictionary& dict, const TemplateString& marker, Grade grade,
               const Words& words);
/// A bar with its percentage; `label` says what it measures. The grade is in the colour, and a word
/// for those who do not see it.
void add_share(TemplateDictionary& dict, const TemplateString& marker, const Share& share,
               const std::string& label, const Words& words);
/// The same with the sign and word of the grade beside it.
void add_graded_share(TemplateDictionary& dict, const TemplateString& marker, const Share& share,
                      const std::string& label, const Words& words);

}  // namespace portal::views
