#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/result.h"
#include "fcgi/base/units.h"

namespace portal::views {

/// A value inside a sentence, formatted by the views in the language of the page. Percent is a
/// ratio (1 = 100 %), Instant is Unix seconds, Duration is seconds.
struct Argument {
    enum class Kind { Text, Number, Bytes, Duration, Percent, Instant };
    Kind kind = Kind::Text;
    std::string text;
    double number = 0;
};

/// A sentence on a page: message id (English, as in the catalogue) and its arguments, named {0},
/// {1}
/// ... in the message. Translated in the views only; an id that the catalogue does not hold is
/// shown as it is. Write `sentence("...")` so that the build finds the id and asks for its
/// translation.
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
inline Argument instant_argument(Instant when) {
    return {Argument::Kind::Instant, {}, static_cast<double>(unix_seconds(when))};
}

/// One step of the way to a page; the last one has no link.
struct Crumb {
    Sentence text;
    std::string link;
};

/// A link to the portal of another cluster.
struct SiblingLink {
    std::string title;
    std::string link;
};

/// A module's entry in the navigation; it leads to /secure/MODULE/.
struct RailEntry {
    std::string_view module;  ///< as in the configuration
    std::string_view icon;    ///< name in the sprite
    const char* word;         ///< a message id
    bool staff = false;       ///< for staff only
};

/// What surrounds every page.
struct Frame {
    Language language = Language::English;
    std::string path;    ///< path and query of this page with base path, for the language switch
    std::string viewer;  ///< login; empty: nobody is signed in
    bool staff = false;
    std::string
        module;  ///< module the page belongs to, as in the configuration; empty: home or none
    std::string whose;      ///< login or account whose data staff look at; empty: one's own
    bool recorded = false;  ///< such a look is kept
    std::vector<Crumb> crumbs;
    std::vector<SiblingLink> siblings;
    Instant now{};  ///< the time of the data
    std::string request_id;
    unsigned live_seconds = 0;  ///< > 0: the page refreshes itself this often
    bool open = false;          ///< a public page: its script finds out who reads it
    std::string theme;  ///< "light" or "dark" from the cookie `theme`; anything else: the system's
};

/// One preset of a page's time range.
struct RangeChoice {
    Seconds length{};
    std::string link;
    bool current = false;
};

/// One column of a table that can be sorted by a link in its head.
struct SortColumn {
    enum class Order { None, Ascending, Descending };
    Sentence title;
    std::string unit{};  ///< shown small behind the title; a message id
    std::string link{};  ///< sorts by this column; empty: it cannot be sorted
    Order order = Order::None;
    bool number = false;
};

/// One notice of a page; the heaviest come first.
struct Notice {
    enum class Weight { Error, Warning, Information };
    Weight weight = Weight::Information;
    Sentence title;  ///< may be empty
    Sentence text;
    std::string anchor;  ///< id of the section or graph it speaks of, without `#`; empty: none
};

}  // namespace portal::views
