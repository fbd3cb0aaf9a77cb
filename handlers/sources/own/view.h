#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fcgi/base/units.h"

namespace portal::database {

/// Whose data somebody looked at.
struct Subject {
    enum class Kind { User, Account, Project };
    Kind kind = Kind::User;
    std::string name;
    auto operator<=>(const Subject&) const = default;
};

/// "user", "account" or "project", in the database and in logs.
[[nodiscard]] constexpr std::string_view kind_name(Subject::Kind kind) {
    switch (kind) {
        case Subject::Kind::User:
            return "user";
        case Subject::Kind::Account:
            return "account";
        case Subject::Kind::Project:
            return "project";
    }
    return "user";
}

/// The kind of that name; empty optional if there is none.
[[nodiscard]] constexpr std::optional<Subject::Kind> kind_named(std::string_view name) {
    for (const auto kind : {Subject::Kind::User, Subject::Kind::Account, Subject::Kind::Project}) {
        if (kind_name(kind) == name) return kind;
    }
    return std::nullopt;
}

/// Somebody of the staff looked at another's page. The same page again within ten minutes is the
/// same view.
struct View {
    static constexpr Seconds kPeriod{600};

    Instant when{};
    Username viewer;
    Subject subject;
    std::string page;        ///< path of it without the base path, encoded as in an address
    std::string request_id;  ///< of the first request for it

    /// Index of its ten-minute window.
    [[nodiscard]] std::uint64_t period() const {
        return static_cast<std::uint64_t>(unix_seconds(when) / kPeriod.count());
    }
};

}  // namespace portal::database
