#include "handlers/accountstats/member_rows.h"

#include <algorithm>
#include <array>

#include "fcgi/base/login.h"
#include "fcgi/base/url.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/sorting.h"

namespace portal::accountstats {
namespace {

using views::HeldUse;
using views::MemberRow;
using views::MemberTable;
using Measure = MemberTable::Measure;

constexpr SortKey kUser = {"user", false};
/// Four columns of each measure, in the order of Measure. A small share is bad.
constexpr std::array<std::array<SortKey, 4>, 3> kKeys = {{
    {{{"cores_allocated"}, {"cores_used"}, {"cores_wasted"}, {"cores_share", false}}},
    {{{"memory_allocated"}, {"memory_used"}, {"memory_wasted"}, {"memory_share", false}}},
    {{{"gpus_allocated"}, {"gpus_used"}, {"gpus_wasted"}, {"gpus_share", false}}},
}};
constexpr std::size_t kWasted = 2;
/// A larger part that is not measured leaves open whether all of it was used well.
constexpr double kMuch = 0.01;

/// A user, and the value that the table is sorted by.
struct Member {
    std::string login;
    MemberUse use;
};

const Held& held_of(const MemberUse& use, Measure measure) {
    if (measure == Measure::Cores) return use.cores;
    return measure == Measure::Memory ? use.memory : use.gpus;
}

std::optional<double> amount_of(const Held& held, std::size_t column) {
    if (column == 0) return held.allocated;
    if (column == 1) return held.used;
    return column == kWasted ? held.wasted() : held.share();
}

/// Key of the site's table of verdicts.
const char* verdict_of(Measure measure) {
    if (measure == Measure::Cores) return "cores";
    return measure == Measure::Memory ? "memory" : "gpu";
}

HeldUse shown(const Held& held, Measure measure, const Site& site) {
    HeldUse use{reading(held.allocated), reading(held.used), reading(held.wasted()), {}};
    if (!held.share()) return use;
    const auto both = held.compared();
    use.share = judged(verdict_of(measure), both->used, both->held, site);
    const bool much = *held.allocated - both->held > kMuch * *held.allocated;
    if (much && use.share.grade == views::Grade::Good) use.share.grade = views::Grade::Unknown;
    return use;
}

/// All keys; the first is the default: waste of what the account is charged for.
std::vector<SortKey> keys_of(const AccountName& account) {
    const Measure charged = account.gpu ? Measure::Gpus : Measure::Cores;
    std::vector<SortKey> keys = {kKeys[static_cast<std::size_t>(charged)][kWasted], kUser};
    for (const auto& columns : kKeys) keys.insert(keys.end(), columns.begin(), columns.end());
    return keys;
}

/// GPUs lead for an account that is charged for them; others show them if somebody held any.
std::vector<Measure> measures_of(const AccountName& account, const AccountUse& use) {
    if (account.gpu) return {Measure::Gpus, Measure::Cores, Measure::Memory};
    const bool any = std::any_of(use.members.begin(), use.members.end(),
                                 [](const auto& one) { return one.second.gpus.known(); });
    if (any) return {Measure::Cores, Measure::Memory, Measure::Gpus};
    return {Measure::Cores, Measure::Memory};
}

SortValue value_of(const Member& member, std::string_view key) {
    if (key == kUser.name) return member.login;
    for (std::size_t measure = 0; measure < kKeys.size(); ++measure) {
        for (std::size_t column = 0; column < kKeys[measure].size(); ++column) {
            if (kKeys[measure][column].name != key) continue;
            const Held& held = held_of(member.use, static_cast<Measure>(measure));
            const auto amount = amount_of(held, column);
            return amount ? SortValue{*amount} : SortValue{};
        }
    }
    return {};
}

std::vector<views::SortColumn> columns_of(const Request& request, const Listed& listed,
                                          const std::vector<Measure>& measures,
                                          const Sorting& sorting) {
    const std::array<views::Sentence, 4> titles = {
        views::sentence("Allocated"), views::sentence("Used"), views::sentence("Wasted"),
        views::sentence("Used share")};
    std::vector<views::SortColumn> columns = {
        sort_column(request, listed.page, sorting, kUser, views::sentence("User"))};
    for (const Measure measure : measures) {
        const auto& keys = kKeys[static_cast<std::size_t>(measure)];
        for (std::size_t column = 0; column < keys.size(); ++column) {
            columns.push_back(
                sort_column(request, listed.page, sorting, keys[column], titles[column]));
            columns.back().number = column + 1 < keys.size();
        }
    }
    return columns;
}

std::vector<HeldUse> uses_of(const MemberUse& use, const std::vector<Measure>& measures,
                             const Site& site) {
    std::vector<HeldUse> uses;
    for (const Measure measure : measures) {
        uses.push_back(shown(held_of(use, measure), measure, site));
    }
    return uses;
}

/// Empty where the viewer may not see the jobs: only their owner and staff may.
std::string jobs_link(const std::string& login, const AccountName& account, const Viewer& viewer,
                      const Site& site) {
    const bool mine = same_login(login, viewer.login.value);
    if (login.empty() || (!mine && !viewer.staff)) return {};
    return site.base_path + "/secure/jobstats/" + url::encode(login) +
           "/?account=" + url::encode(account.full);
}

MemberRow row_of(const Member& member, const Listed& listed, const std::vector<Measure>& measures,
                 const Viewer& viewer, const Site& site) {
    MemberRow row;
    row.login = member.login;
    row.link = jobs_link(member.login, listed.account, viewer, site);
    if (listed.members != nullptr && !member.login.empty()) {
        const auto& all = *listed.members;
        row.former = std::none_of(all.begin(), all.end(), [&](const std::string& login) {
            return same_login(login, member.login);
        });
    }
    row.uses = uses_of(member.use, measures, site);
    return row;
}

}  // namespace

MemberTable member_table(const Visit& visit, const Listed& listed, const AccountUse& use,
                         Context& context) {
    const Sorting sorting = sorting_of(visit.request, keys_of(listed.account));
    MemberTable table;
    table.measures = measures_of(listed.account, use);
    table.columns = columns_of(visit.request, listed, table.measures, sorting);
    std::vector<Member> members;
    MemberUse total;
    for (const auto& [login, one] : use.members) {
        members.push_back({login, one});
        total.add(one);
    }
    sort_rows(members, sorting,
              [&](const Member& member) { return value_of(member, sorting.key); });
    for (const Member& member : members) {
        table.rows.push_back(row_of(member, listed, table.measures, visit.viewer, context.site));
    }
    table.total = uses_of(total, table.measures, context.site);
    return table;
}

MemberTable no_member_table(const SourceError& error) {
    MemberTable table;
    table.missing = error.source;
    return table;
}

void check_sorting(const Request& request, const AccountName& account) {
    (void)sorting_of(request, keys_of(account));
}

}  // namespace portal::accountstats
