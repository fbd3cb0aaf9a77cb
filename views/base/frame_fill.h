#pragma once

#include <string>

#include "views/base/frame.h"
#include "views/base/words.h"
#include "views/renderer.h"

namespace ctemplate {
class TemplateDictionary;
}

/// What surrounds every page. For the renderer only.
namespace portal::views {

/// The dictionary of the page inside the frame.
ctemplate::TemplateDictionary& add_content(ctemplate::TemplateDictionary& frame_dict,
                                           const Words& words);
/// Fills the frame: navigation, who is signed in, crumbs, footer, words for the script; sets the
/// values that every template may use (BASE, ICONS).
void fill_frame(const Frame& frame, const std::string& title, const ViewSettings& settings,
                ctemplate::TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
