#pragma once

#include <algorithm>
#include <array>

#include "fcgi/config/section.h"

/// Keys of the sections about databases, for all that derive from SessionSettings.
namespace portal::sql {

template <class T, std::size_t count>
using Keys = std::array<config::Key<T>, count>;

/// Of the main file. Without a default name a section must say how the database is called.
template <class T>
[[nodiscard]] constexpr Keys<T, 5> address_keys(config::Presence name) {
    using config::Value;
    return {{
        {"host", config::kRequired, [](T& s, const Value& v) { s.host = v.text(); }},
        {"port", config::kOptional, [](T& s, const Value& v) { s.port = v.port(); }},
        {"database", name, [](T& s, const Value& v) { s.database = v.text(); }},
        {"timeout_ms", config::kOptional,
         [](T& s, const Value& v) { s.timeout = v.milliseconds(); }},
        {"tls_ca_file", config::kOptional,
         [](T& s, const Value& v) { s.tls_ca_file = v.file_or_empty(); }},
    }};
}

/// Of the secrets file.
template <class T>
[[nodiscard]] constexpr Keys<T, 2> account_keys() {
    using config::Value;
    return {{
        {"user", config::kRequired, [](T& s, const Value& v) { s.user = v.text(); }},
        {"password", config::kRequired, [](T& s, const Value& v) { s.password.value = v.any(); }},
    }};
}

/// Both tables as one.
template <class T, std::size_t a, std::size_t b>
[[nodiscard]] constexpr Keys<T, a + b> together(const Keys<T, a>& first, const Keys<T, b>& second) {
    Keys<T, a + b> all{};
    std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), all.begin()));
    return all;
}

}  // namespace portal::sql
