#pragma once

#include "fcgi/base/units.h"
#include "views/parts/part.h"

namespace portal::views {

/// A moment; `style` as in the script: absolute, relative, clock ...
void add_time(TemplateDictionary& dict, const TemplateString& marker, Instant instant,
              const char* style, const Words& words);

}  // namespace portal::views
