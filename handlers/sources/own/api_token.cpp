#include "handlers/sources/own/api_token.h"

#include <algorithm>
#include <array>
#include <utility>

#include "fcgi/base/text.h"

namespace portal::database {
namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 3> kNames = {{
    {Scope::WriteScripts, "jobscripts:write"},
    {Scope::ReadScripts, "jobscripts:read"},
    {Scope::Admin, "admin"},
}};

}  // namespace

std::string_view scope_name(Scope scope) {
    for (const auto& [known, name] : kNames) {
        if (known == scope) return name;
    }
    return {};
}

std::optional<Scope> scope_named(std::string_view wanted) {
    for (const auto& [scope, name] : kNames) {
        if (name == wanted) return scope;
    }
    return std::nullopt;
}

bool ApiToken::may(Scope scope) const {
    const auto held = text::split_list(scopes, ',');
    return std::any_of(held.begin(), held.end(), [&](const std::string& one) {
        return one == scope_name(scope) || one == scope_name(Scope::Admin);
    });
}

}  // namespace portal::database
