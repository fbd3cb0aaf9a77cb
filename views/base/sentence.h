#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fcgi/base/units.h"

namespace portal::views {

/// A value inside a sentence, formatted by the views in the language of the page. Percent is a
/// ratio (1 = 100 %), Instant is Unix seconds, Duration is seconds, Money is in the currency that
/// `text` names.
struct Argument {
    enum class Kind { Text, Number, Bytes, Duration, Percent, Instant, Money };
    Kind kind = Kind::Text;
    std::string text;
    double number = 0;
};

/// A sentence on a page: message id (English, as in the catalogue) and its arguments, named {0},
/// {1} ... in the message. Translated in the views only; an id that the catalogue lacks is shown as
/// it is. Write `sentence("...")` so that the build finds the id and asks for its translation.
struct Sentence {
    std::string id{};
    std::vector<Argument> arguments{};
    std::string plural_id{};  ///< not empty: `id` is the singular, chosen by `count`
    std::uint64_t count = 0;

    [[nodiscard]] bool empty() const { return id.empty(); }
};

/// A sentence by its English text; the build takes the text into the catalogue from here.
inline Sentence sentence(const char* id, std::vector<Argument> arguments = {}) {
    return {id, std::move(arguments), {}, 0};
}
/// A sentence whose words depend on `count`, which is {0}; further arguments follow it.
inline Sentence plural_sentence(const char* one, const char* many, std::uint64_t count,
                                std::vector<Argument> arguments = {}) {
    arguments.insert(arguments.begin(), {Argument::Kind::Number, {}, static_cast<double>(count)});
    return {one, std::move(arguments), many, count};
}

/// Arguments of a sentence, each formatted in the page's language.
inline Argument text_argument(std::string text) {
    return {Argument::Kind::Text, std::move(text), 0};
}
inline Argument number_argument(double number) {
    return {Argument::Kind::Number, {}, number};
}
inline Argument bytes_argument(double bytes) {
    return {Argument::Kind::Bytes, {}, bytes};
}
inline Argument duration_argument(Seconds time) {
    return {Argument::Kind::Duration, {}, static_cast<double>(time.count())};
}
/// `ratio` 1 is 100 %.
inline Argument percent_argument(double ratio) {
    return {Argument::Kind::Percent, {}, ratio};
}
inline Argument money_argument(double amount, std::string currency) {
    return {Argument::Kind::Money, std::move(currency), amount};
}
inline Argument instant_argument(Instant when) {
    return {Argument::Kind::Instant, {}, static_cast<double>(unix_seconds(when))};
}

}  // namespace portal::views
