#pragma once

#include <cstdint>
#include <string_view>

namespace portal {

/// Which form of a text a count takes, as Plural-Forms of a catalogue says.
enum class PluralRule {
    OtherThanOne,  ///< the second for any count but 1
    AboveOne,      ///< the second from 2 on
};

/// How one language writes; from the head of its catalogue in views/locale.
struct LanguageTraits {
    std::string_view code;  ///< of ISO 639: "fr"
    std::string_view name;  ///< in the language itself: "Français"
    PluralRule plural_rule;
    std::string_view group;     ///< between thousands
    std::string_view decimal;   ///< before decimals
    std::string_view byte;      ///< "B", and after Ki, Mi ...
    std::string_view day;       ///< "d"
    std::string_view million;   ///< one of them
    std::string_view millions;  ///< more
    bool currency_behind;       ///< "1,50 $", not "$1.50"

    /// 0 or 1: the form for `count`.
    [[nodiscard]] constexpr unsigned form(std::uint64_t count) const {
        return plural_rule == PluralRule::AboveOne ? count > 1 : count != 1;
    }
};

}  // namespace portal
