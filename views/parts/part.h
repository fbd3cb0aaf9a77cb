#pragma once

#include "views/base/dictionary.h"
#include "views/base/words.h"

/// views/parts: what several pages show, sources of one kind side by side. A part is a struct, a
/// function `add_...` that adds it under a marker of a page, and its template part_*.tpl. A part
/// may include views/base and other parts; it knows no page. What only one page shows lives in that
/// page's folder.
namespace portal::views {

/// How a state or a grade looks: class and icon as in the style sheet, and its word.
struct Tone {
    const char* tone;
    const char* icon;
    const char* word;  ///< message id
};

}  // namespace portal::views
