#pragma once

// handlers/access is who may use what: signing in, tokens of the API, memberships, the names of
// accounts and projects, and the table of rules below. It reads the request, the directory and the
// portal's database; it knows no module and draws no page. May include fcgi, the interfaces of
// sources, handlers' faces and handlers/page.

#include <optional>
#include <string_view>

#include "fcgi/base/result.h"
#include "handlers/access/access.h"
#include "handlers/sources/own/api_token.h"
#include "handlers/sources/own/view.h"
#include "handlers/visit.h"

namespace portal {

/// One rule. A visitor passes if the page is their own, or if it is open to staff and they are one
/// of them.
struct AccessRule {
    Access access;
    std::string_view name;  ///< as lists of routes have it: "self-or-staff", "token:admin" ...
    enum class Needs { Nothing, SignIn, Token } needs;
    enum class Staff { Too, Not } staff;
    /// Is the page the visitor's own? Errs if a membership cannot be checked.
    Result<bool> (*own)(const Visit&, Context&);
    /// Whose data it shows, for the audit; null: no one person's, account's or project's.
    database::Subject (*shows)(const Captures&) = nullptr;
    std::optional<database::Scope> scope = std::nullopt;  ///< what the token must allow
};

[[nodiscard]] const AccessRule& rule_of(Access access);

/// May the visitor, signed in as the rule demands, use the page? Errs with any Fault of LDAP: what
/// cannot be checked is neither allowed nor refused.
[[nodiscard]] Result<bool> may_use(const AccessRule& rule, const Visit& visit, Context& context);

/// Whose data a page shows to somebody of the staff that is not their own: another user's, or that
/// of an account or project they are not a member of. A membership that cannot be checked counts as
/// none.
[[nodiscard]] std::optional<database::Subject> looked_at(const AccessRule& rule, const Visit& visit,
                                                         Context& context);

}  // namespace portal
