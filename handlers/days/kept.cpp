#include "handlers/days/kept.h"

#include "handlers/sources/own/portal_db.h"
#include "handlers/sources/own/summaries/summary_db.h"

namespace portal {
namespace {

/// The first job that is kept need not have ended in the first minute.
constexpr Seconds kSlack = kDay;

}  // namespace

Result<KeptPart> kept_part(TimeRange range, Context& context) {
    const auto span = context.portal_db.summaries().span();
    if (!span.ok()) return span.error();
    KeptPart part;
    if (!span.value()) return part;
    const Instant first = span.value()->from;
    part.before = first <= range.from - range.length() + kSlack;
    if (first > range.from + kSlack) {
        part.since = views::sentence("The portal has kept jobs since {0}.",
                                     {views::instant_argument(first)});
    }
    return part;
}

}  // namespace portal
