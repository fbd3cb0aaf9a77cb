#pragma once

#include <string>

#include "views/base/words.h"
#include "views/parts/parts.h"
#include "views/parts/quota.h"

namespace ctemplate {
class TemplateDictionary;
class TemplateString;
}  // namespace ctemplate

namespace portal::views {

/// Tone, icon and word of a quota's fullness: nothing below 90 %, then nearly full, full, and over
/// quota. The word is a message id.
[[nodiscard]] Tone tone_of_quota(std::optional<double> ratio);

/// Both numbers of a quota as bars with words: "91 % of 40 TiB", "2.1 million of 5 million files".
void add_quota(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
               const Quota& quota, const Words& words);

}  // namespace portal::views
