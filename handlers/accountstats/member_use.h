#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "handlers/access/account_name.h"
#include "handlers/context.h"
#include "handlers/graphs/held.h"

namespace portal::accountstats {

/// What somebody held over a range and how much of it worked, in hours of a unit; empty: not
/// recorded.
struct Held {
    std::optional<double> allocated;
    std::optional<double> used;
    std::optional<double> unmeasured;  ///< of `allocated`: nothing tells whether it was used
    std::optional<double> unlimited;   ///< of `used`: jobs that had no limit

    struct Pair {
        double held;
        double used;
    };
    /// What both are known of: measured, and with a limit.
    [[nodiscard]] std::optional<Pair> compared() const;
    /// Held but not used, never below zero; empty unless both are known of the same things.
    [[nodiscard]] std::optional<double> wasted() const;
    /// Used of allocated; empty unless both are known of the same things, and something was held.
    [[nodiscard]] std::optional<double> share() const;
    void add(const Held& other);
    [[nodiscard]] bool known() const { return allocated || used; }
};

/// Core-hours, byte-hours and GPU-hours of one user. Memory in use is what programs hold, without
/// the file cache.
struct MemberUse {
    Held cores;
    Held memory;
    Held gpus;

    void add(const MemberUse& other);
};

/// An account over a range of time.
struct AccountUse {
    std::map<std::string, MemberUse> members;  ///< by login; empty login: the series named none
    std::optional<double> priority;            ///< at the end of the range

    [[nodiscard]] bool known() const { return !members.empty() || priority; }
};

/// The series of an account.
[[nodiscard]] promql::Selector of_account(const metric::Metric& metric, const AccountName& account);
/// Those of its priority, if the site measures that.
[[nodiscard]] std::optional<promql::Selector> priority_of(const AccountName& account,
                                                          const Exporters& exporters);
/// 1 where a priority is infinite: an account that used nothing comes first of all. Prometheus's
/// answers have gaps there.
[[nodiscard]] promql::Expr is_infinite(std::initializer_list<promql::Literal> labels,
                                       const promql::Expr& priority);

/// How often rules are recorded, for recorded() of an account: by the rule of the whole cluster,
/// since somebody runs jobs at all times; on a site without that one by the account's own. Where
/// each sample is a point nothing is asked.
[[nodiscard]] SampleTimes recordings_of(const AccountName& account, const prometheus::Grid& grid,
                                        Context& context);

/// Questions about an account that are under way.
struct AskedUse {
    std::vector<prometheus::Ticket> columns;  ///< of the table, in its order
    SampleTimes recordings;
    std::optional<prometheus::Ticket> priority;
};

/// Asks for the use of all members, up to the end of the range, and for the priority; empty if the
/// site measures neither.
[[nodiscard]] std::optional<AskedUse> ask_account_use(const AccountName& account, TimeRange range,
                                                      Context& context);
/// Errors: any Fault of Prometheus.
[[nodiscard]] Result<AccountUse> collect_account_use(AskedUse asked, Context& context);

/// Whether Prometheus knows the account, as far back as pages look. Errors: any Fault of
/// Prometheus.
[[nodiscard]] Result<bool> is_measured(const AccountName& account, Seconds back, Context& context);

}  // namespace portal::accountstats
