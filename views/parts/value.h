#pragma once

#include <string>

#include "fcgi/base/reading.h"
#include "views/parts/part.h"

namespace portal::views {

/// How an amount is written.
enum class Unit { Count, Bytes, Seconds, Ratio, Kwh, Watts };

/// The number of a reading; nullptr if it has none that can be written.
[[nodiscard]] const double* finite(const Reading& reading);
/// A number of a unit with its name; what is missing is written as on the page.
[[nodiscard]] std::string written(double value, Unit unit, const Words& words);

/// A number written out (and as it is, for machines), "no data" or "unavailable: source".
void add_reading(TemplateDictionary& dict, const TemplateString& marker, const Reading& reading,
                 const std::string& text, const Words& words);
/// A reading written in its unit.
void add_amount(TemplateDictionary& dict, const TemplateString& marker, const Reading& reading,
                Unit unit, const Words& words);
void add_unavailable(TemplateDictionary& dict, const TemplateString& marker, SourceId source,
                     const Words& words);
/// The same for one of several of a kind, named: "Robinhood (lustre06)".
void add_unavailable(TemplateDictionary& dict, const TemplateString& marker,
                     const std::string& name, const Words& words);
/// Name of a source for people.
[[nodiscard]] std::string source_word(SourceId source, const Words& words);

}  // namespace portal::views
