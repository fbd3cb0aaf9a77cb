#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fcgi/base/language.h"
#include "fcgi/base/units.h"

/// Numbers, sizes and times for people, the same way as views/static/js/format.js writes them. A
/// value that is not finite becomes an empty text: say "no data" there. Groups of digits and units
/// are held together by narrow no-break spaces.
namespace portal::views::format {

/// Three significant digits, whole from 100 on: 0.123, 4, 4.56, 45.6, 12,346.
[[nodiscard]] std::string number(double value, Language language);
/// A whole number with groups: 1,234,567.
[[nodiscard]] std::string count(std::uint64_t value, Language language);
/// A whole number that may be large: all digits below a million, then "2.1 million".
[[nodiscard]] std::string large_count(double value, Language language);
/// A size in binary units: 512 B, 1.5 GiB; French 1,5 Gio.
[[nodiscard]] std::string bytes(double value, Language language);
/// A ratio in percent: 0.912 is "91.2 %".
[[nodiscard]] std::string percent(double ratio, Language language);
/// "04:13:25", from a day on "2 d 04:13"; French "2 j 04:13". Negative ones count as zero.
[[nodiscard]] std::string duration(Seconds time, Language language);
/// Two decimals and the currency, as each language writes it: "$4.20" for CAD in English,
/// "4,20 $" in French; other currencies keep their code.
[[nodiscard]] std::string money(double value, std::string_view currency, Language language);

/// "2026-01-02 03:04 UTC".
[[nodiscard]] std::string utc(Instant instant);
/// "2026-01-02T03:04:05Z", for <time datetime>.
[[nodiscard]] std::string iso(Instant instant);

}  // namespace portal::views::format
