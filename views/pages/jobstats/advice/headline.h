#pragma once

#include "views/base/sentence.h"
#include "views/parts/grade.h"
#include "views/parts/part.h"

namespace portal::views {

/// The verdict on a job in one sentence.
struct Headline {
    Sentence text;  ///< empty: there is none
    Sentence lost;  ///< what it cost; may be empty
    Grade grade = Grade::Unknown;
};

}  // namespace portal::views
