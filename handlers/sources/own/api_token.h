#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portal::database {

/// What a token may do.
enum class Scope { WriteScripts, ReadScripts, Admin };

/// "jobscripts:write", "jobscripts:read", "admin".
[[nodiscard]] std::string_view scope_name(Scope scope);
/// Empty optional for an unknown name.
[[nodiscard]] std::optional<Scope> scope_named(std::string_view wanted);

/// A token as the API needs it; its text and hash are left out.
struct ApiToken {
    std::uint32_t id = 0;
    std::string name;
    std::string scopes;    ///< names, comma separated; admin holds the others
    std::string networks;  ///< addresses or ADDRESS/BITS, comma separated; empty: from anywhere
    bool expired = false;
    bool use_due = false;  ///< its last use was noted more than a minute ago

    [[nodiscard]] bool may(Scope scope) const;
};

}  // namespace portal::database
