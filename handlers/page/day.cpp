#include "handlers/page/day.h"

#include "fcgi/base/text.h"

namespace portal {

std::optional<Instant> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = text::parse_unsigned(text.substr(0, 4), 2100);
    const auto month = text::parse_unsigned(text.substr(5, 2), 12);
    const auto day = text::parse_unsigned(text.substr(8, 2), 31);
    if (!year || !month || !day || *year < 1970) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

}  // namespace portal
