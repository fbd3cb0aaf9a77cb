#include "handlers/usersummary/quota_series.h"

#include <algorithm>
#include <stdexcept>

namespace portal::usersummary {
namespace {

using promql::Expr;
using promql::Selector;

constexpr promql::Literal kPath = "path";

promql::LabelName label_of(const QuotaKind& kind) {
    const auto label = promql::LabelName::parse(kind.label);
    if (!label) throw std::logic_error("a label's name that the configuration let through");
    return *label;
}

QuotaSubject of_user(const QuotaKind& kind, const ldap::Person& owner) {
    QuotaSubject subject{kind, owner.logins, {}, kind.inodes};
    if (owner.logins.empty()) subject.names = {owner.login.value};
    if (kind.gib) subject.byte_limit = *kind.gib * kGibibyte;
    return subject;
}

QuotaSubject of_allocation(const QuotaKind& kind, const ldap::Allocation& allocation) {
    QuotaSubject subject{kind, {allocation.group}, {}, allocation.resources.project_inodes};
    if (const auto& storage = allocation.resources.project_storage) {
        subject.byte_limit = static_cast<double>(storage->count);
    }
    return subject;
}

/// How old a value may be: samples may have been missing, or be kept so far apart.
constexpr Seconds kNearDay = std::chrono::hours{2};

/// Samples of a quota are far apart: the newest one may be older than an instant looks back.
Expr values(const Selector& selector, const prometheus::Grid& grid, Seconds interval,
            QuotaStep step) {
    if (step == QuotaStep::Mean) return selector.avg_over(std::max(grid.step, 2 * interval));
    return selector.last_over(std::max(kNearDay, 2 * interval));
}

/// Both numbers of the subjects of one kind.
void add_kind(std::vector<graph::Part>& parts, const QuotaKind& kind,
              const std::vector<std::string>& names, const prometheus::Grid& grid, Seconds interval,
              QuotaStep step) {
    const promql::LabelName label = label_of(kind);
    const auto part = [&](const metric::Metric& metric) {
        Selector selector = Selector(metric).eq(kPath, kind.path);
        if (names.size() == 1) {
            selector.eq(label, names.front());
        } else {
            selector.one_of(label, names);
        }
        // The exporter may be renamed, or another host take its place.
        return graph::Part{metric,
                           promql::max_by(kPath, label, values(selector, grid, interval, step))};
    };
    parts.push_back(part(metric::kQuotaInodes));
    parts.push_back(part(metric::kQuotaKbytes));
}

}  // namespace

std::vector<QuotaSubject> quota_subjects(const ldap::Person& owner,
                                         const std::vector<ldap::Allocation>& allocations,
                                         const Site& site) {
    std::vector<QuotaSubject> subjects;
    for (const QuotaKind& kind : site.quotas) {
        if (kind.owner == QuotaKind::Owner::User) {
            subjects.push_back(of_user(kind, owner));
            continue;
        }
        for (const ldap::Allocation& allocation : allocations) {
            if (allocation.resources.has_project())
                subjects.push_back(of_allocation(kind, allocation));
        }
    }
    return subjects;
}

graph::Asked ask_quotas(const std::vector<QuotaSubject>& subjects, const prometheus::Grid& grid,
                        Seconds interval, QuotaStep step, Context& context) {
    std::vector<graph::Part> parts;
    for (auto first = subjects.begin(); first != subjects.end();) {
        std::vector<std::string> names;
        auto next = first;
        for (; next != subjects.end() && &next->kind == &first->kind; ++next) {
            names.insert(names.end(), next->names.begin(), next->names.end());
        }
        add_kind(parts, first->kind, names, grid, interval, step);
        first = next;
    }
    return graph::ask_parts(parts, grid, context);
}

std::optional<prometheus::Series> find_quota(const prometheus::SeriesSet& answer,
                                             const QuotaSubject& subject,
                                             const metric::Metric& metric) {
    const auto is_of_subject = [&](const prometheus::Series& series) {
        const std::string_view name = series.label(subject.kind.label);
        return series.label("part") == metric.text() &&
               series.label(kPath.text()) == subject.kind.path &&
               std::find(subject.names.begin(), subject.names.end(), name) != subject.names.end();
    };
    std::optional<prometheus::Series> found;
    for (const prometheus::Series& series : answer.series) {
        if (!is_of_subject(series)) continue;
        if (found) {
            graph::keep_largest(found->values, series.values);
        } else {
            found = series;
        }
    }
    return found;
}

}  // namespace portal::usersummary
