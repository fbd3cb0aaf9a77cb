#include "handlers/access/rules.h"

#include <algorithm>
#include <iterator>

#include "fcgi/http/network.h"
#include "handlers/access/membership.h"

namespace portal {
namespace {

using database::Scope;
using database::Subject;
using Needs = AccessRule::Needs;
using Staff = AccessRule::Staff;

Result<bool> everybody(const Visit& /*visit*/, Context& /*context*/) {
    return true;
}

Result<bool> nobody(const Visit& /*visit*/, Context& /*context*/) {
    return false;
}

Result<bool> own_login(const Visit& visit, Context& /*context*/) {
    return visit.captures.username == visit.viewer.login;
}

Result<bool> own_account(const Visit& visit, Context& context) {
    return is_account_member(visit.viewer, visit.captures.account, context.directory);
}

Result<bool> own_project(const Visit& visit, Context& context) {
    return is_project_member(visit.viewer, visit.captures.project, context.site, context.directory);
}

/// On this machine, or in one of the networks that the site names; not somebody for whom a proxy
/// there sends.
Result<bool> operators_network(const Visit& visit, Context& context) {
    if (visit.request.forwarded) return false;
    const std::string& networks = context.site.operation.networks;
    const std::string& address = visit.request.remote_address;
    return network::holds("127.0.0.0/8,::1", address) ||
           (!networks.empty() && network::holds(networks, address));
}

Subject user(const Captures& captures) {
    return {Subject::Kind::User, captures.username.value};
}

Subject account(const Captures& captures) {
    return {Subject::Kind::Account, captures.account.full};
}

Subject project(const Captures& captures) {
    return {Subject::Kind::Project, captures.project};
}

constexpr AccessRule kRules[] = {
    {Access::Anyone, "anyone", Needs::Nothing, Staff::Too, &everybody},
    {Access::SignedIn, "signed-in", Needs::SignIn, Staff::Too, &everybody},
    {Access::SelfOrStaff, "self-or-staff", Needs::SignIn, Staff::Too, &own_login, &user},
    {Access::AccountMember, "account-member-or-staff", Needs::SignIn, Staff::Too, &own_account,
     &account},
    {Access::ProjectMember, "project-member-or-staff", Needs::SignIn, Staff::Too, &own_project,
     &project},
    {Access::Staff, "staff", Needs::SignIn, Staff::Too, &nobody},
    {Access::Operator, "operator", Needs::Nothing, Staff::Not, &operators_network},
    {Access::ApiWrite, "token:jobscripts:write", Needs::Token, Staff::Not, &everybody, nullptr,
     Scope::WriteScripts},
    {Access::ApiRead, "token:jobscripts:read", Needs::Token, Staff::Not, &everybody, nullptr,
     Scope::ReadScripts},
    {Access::ApiAdmin, "token:admin", Needs::Token, Staff::Not, &everybody, nullptr, Scope::Admin},
};

}  // namespace

const AccessRule& rule_of(Access access) {
    return *std::find_if(std::begin(kRules), std::end(kRules),
                         [&](const AccessRule& rule) { return rule.access == access; });
}

Result<bool> may_use(const AccessRule& rule, const Visit& visit, Context& context) {
    if (rule.staff == Staff::Too && visit.viewer.staff) return true;
    return rule.own(visit, context);
}

std::optional<Subject> looked_at(const AccessRule& rule, const Visit& visit, Context& context) {
    if (rule.shows == nullptr || !visit.viewer.staff) return std::nullopt;
    const auto own = rule.own(visit, context);
    if (own.ok() && own.value()) return std::nullopt;
    return rule.shows(visit.captures);
}

}  // namespace portal
