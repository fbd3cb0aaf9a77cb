#include "handlers/days/kept.h"

#include <algorithm>

#include "handlers/sources/own/portal_db.h"
#include "handlers/sources/own/summaries/summary_db.h"

namespace portal {
namespace {

/// The first job that is kept need not have ended in the first minute.
constexpr Seconds::rep kSlackPart = 20;

}  // namespace

Result<KeptPart> kept_part(TimeRange range, Context& context) {
    const auto span = context.portal_db.summaries().span();
    if (!span.ok()) return span.error();
    KeptPart part;
    if (!span.value()) return part;
    const Instant first = span.value()->from;
    const Seconds slack = std::min(kDay, range.length() / kSlackPart);
    part.before = first <= range.from - range.length() + slack;
    if (first > range.from + slack) {
        part.since = views::sentence("The portal has kept jobs since {0}.",
                                     {views::instant_argument(first)});
    }
    return part;
}

}  // namespace portal
