#pragma once

#include <optional>
#include <string>
#include <vector>

#include "handlers/graphs/family.h"
#include "handlers/site.h"
#include "handlers/sources/ldap/directory.h"

namespace portal::usersummary {

/// One quota of a person: its kind, and the names that the label of its series may carry: each of
/// the person's logins, or a group.
struct QuotaSubject {
    const QuotaKind& kind;
    std::vector<std::string> names;
    std::optional<double> byte_limit;  ///< empty: none known
    std::optional<double> file_limit;
};

/// A person's quotas of every kind of the site, in the order of the configuration: the own ones,
/// and one for each allocation that has project storage. Limits of allocations are LDAP's.
[[nodiscard]] std::vector<QuotaSubject> quota_subjects(
    const ldap::Person& owner, const std::vector<ldap::Allocation>& allocations, const Site& site);

/// The value of a step: the mean of its samples, or the newest one.
enum class QuotaStep { Mean, Newest };

/// Asks for space and files of all subjects. Labels are compared exactly.
[[nodiscard]] graph::Asked ask_quotas(const std::vector<QuotaSubject>& subjects,
                                      const prometheus::Grid& grid, Seconds interval,
                                      QuotaStep step, Context& context);

/// A subject's series of metric::kQuotaKbytes or kQuotaInodes in the answer, of those under several
/// names the largest value; empty if it has none.
[[nodiscard]] std::optional<prometheus::Series> find_quota(const prometheus::SeriesSet& answer,
                                                           const QuotaSubject& subject,
                                                           const metric::Metric& metric);

}  // namespace portal::usersummary
