#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "views/base/messages.h"
#include "views/base/sentence.h"

/// views/base: what every page and part needs: sentences and their translation, the formats of each
/// language, the frame around a page, the files built into the program. It may include fcgi/base
/// only, and knows no part and no page. ctemplate's types are declared in dictionary.h.
namespace portal::views {

/// The texts and formats of one language: what a fill function speaks with.
class Words {
 public:
    Words(const Messages& messages, Language language) : messages_(messages), language_(language) {}

    [[nodiscard]] Language language() const { return language_; }

    /// The translation of a marked id, with its arguments filled in.
    [[nodiscard]] std::string text(std::string_view id,
                                   const std::vector<std::string>& arguments = {}) const;
    /// The form for `count`, which is {0}.
    [[nodiscard]] std::string plural(std::string_view id, std::string_view id_plural,
                                     std::uint64_t count) const;
    /// A handler's sentence; empty if it has no id.
    [[nodiscard]] std::string sentence(const Sentence& sentence) const;

    [[nodiscard]] std::string number(double value) const;
    /// A number and the name of a unit that is the same in both languages: "1.23 kWh".
    [[nodiscard]] std::string with_unit(double value, std::string_view unit) const;
    [[nodiscard]] std::string bytes(double value) const;
    [[nodiscard]] std::string duration(double seconds) const;
    [[nodiscard]] std::string percent(double ratio) const;
    [[nodiscard]] std::string money(double value, std::string_view currency) const;
    [[nodiscard]] std::string instant(Instant instant) const;

    /// Key of a template in the cache: "fr/part_time.tpl".
    [[nodiscard]] std::string file(std::string_view name) const;

 private:
    [[nodiscard]] std::string argument(const Argument& argument) const;

    const Messages& messages_;
    Language language_;
};

}  // namespace portal::views
