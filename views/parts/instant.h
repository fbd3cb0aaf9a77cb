#pragma once

#include <string_view>
#include <vector>

#include "fcgi/base/units.h"
#include "views/parts/part.h"

namespace portal::views {

/// A moment; `style` as in the script: absolute, relative, clock ...
void add_time(TemplateDictionary& dict, const TemplateString& marker, Instant instant,
              const char* style, const Words& words);

/// A sentence whose {0}, {1} ... are moments, all of that style.
void add_times(TemplateDictionary& dict, const TemplateString& marker, std::string_view id,
               const std::vector<Instant>& instants, const char* style, const Words& words);

}  // namespace portal::views
