#pragma once

#include "handlers/context.h"
#include "views/base/sentence.h"

namespace portal {

/// How much of a time, and of as long before it, the portal keeps: sums of a part are not compared
/// with those of a whole.
struct KeptPart {
    bool before = true;     ///< as long before is kept whole
    views::Sentence since;  ///< empty: the time itself is
};

/// `range` is that of the page. Errors: any Fault of the portal's own database.
[[nodiscard]] Result<KeptPart> kept_part(TimeRange range, Context& context);

}  // namespace portal
