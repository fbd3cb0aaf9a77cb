#include "handlers/sources/slurm/tres.h"

#include <limits>

#include "fcgi/base/text.h"

namespace portal::slurm {

std::optional<TresCounts> parse_tres(std::string_view text) {
    TresCounts counts;
    while (!text.empty()) {
        const auto end = text.find(',');
        const std::string_view part = text.substr(0, end);
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto id = portal::text::parse_unsigned(part.substr(0, equals),
                                                     std::numeric_limits<std::uint32_t>::max());
        const auto count = portal::text::parse_unsigned(part.substr(equals + 1),
                                                        std::numeric_limits<std::uint64_t>::max());
        if (!id || !count) return std::nullopt;
        if (!counts.emplace(static_cast<std::uint32_t>(*id), *count).second) return std::nullopt;
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
        if (text.empty()) return std::nullopt;
    }
    return counts;
}

}  // namespace portal::slurm
