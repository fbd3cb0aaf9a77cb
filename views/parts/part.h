#pragma once

#include "views/base/dictionary.h"
#include "views/base/words.h"

/// views/parts: what several pages show. A part is a struct, a function `add_...` that adds it
/// under a marker of a page, and its template part_*.tpl. Here are the small ones: a state, a
/// grade, a value, a time; charts, jobs and tiles, which are made of them, have folders of their
/// own. A part may include views/base and other parts; it knows no page. What only one page shows
/// lives in that page's folder.
namespace portal::views {

/// How a state or a grade looks: class and icon as in the style sheet, and its word.
struct Tone {
    const char* tone;
    const char* icon;
    const char* word;  ///< message id
};

}  // namespace portal::views
