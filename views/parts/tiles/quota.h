#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "fcgi/base/units.h"
#include "views/base/sentence.h"
#include "views/parts/part.h"

namespace portal::views {

/// The day on which it is full at the pace of late, and those between which it is in most cases.
struct QuotaPace {
    Instant expected{};
    Instant early{};
    Instant late{};
};

/// By how much it grew between two copies.
struct QuotaGrowth {
    double grown = 0;
    std::string since;      ///< a date; empty: 30 days
    bool appeared = false;  ///< from nothing
};

/// One number of a quota, in bytes or files.
struct QuotaLine {
    Reading used;
    std::optional<double> limit;  ///< empty: none known
    Sentence none{};              ///< what no data means here; empty: just that
    std::optional<QuotaPace> pace{};
    std::optional<QuotaGrowth> growth{};

    /// Used part of the limit, 1 = full; empty if one of the two is not known.
    [[nodiscard]] std::optional<double> ratio() const {
        const double* value = std::get_if<double>(&used);
        if (value == nullptr || *value < 0 || !limit || *limit <= 0) return std::nullopt;
        return *value / *limit;
    }
};

/// A quota with both of its numbers.
struct Quota {
    std::string title;  ///< of the kind or the group, in the page's language
    std::string place;  ///< shown small after it; may be empty
    std::string away;   ///< name of an unavailable source: "Robinhood (lustre06)"
    QuotaLine bytes;
    QuotaLine files;
};

/// How full the fuller one of the two is; below 0 if that is not known. For an order by it.
[[nodiscard]] inline double fullness(const Quota& quota) {
    return std::max(quota.bytes.ratio().value_or(-1), quota.files.ratio().value_or(-1));
}

/// Tone, icon and word of a quota's fullness: nothing below 90 %, then nearly full, full, and over
/// quota. The word is a message id.
[[nodiscard]] Tone tone_of_quota(std::optional<double> ratio);

/// "grown by 1.2 TiB in 30 days"; empty if that is not known. `grown` is the number with its unit.
[[nodiscard]] std::string growth_text(const QuotaLine& line, const std::string& grown,
                                      const Words& words);

/// Both numbers of a quota as bars with words: "91 % of 40 TiB", "2.1 million of 5 million files".
void add_quota(TemplateDictionary& dict, const TemplateString& marker, const Quota& quota,
               const Words& words);

}  // namespace portal::views
