#include "handlers/quotas/owners.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "fcgi/base/url.h"

namespace portal::quotas {
namespace {

using views::NearlineOwner;
using views::ProjectOwner;
using views::sentence;

constexpr std::string_view kUser = "user";

/// A column that tables are sorted by; without a value it is the names.
template <class Owner>
struct Column {
    SortKey key;
    views::Sentence (*title)();
    double (*value)(const Owner&);
};

constexpr std::array kProjectColumns = {
    Column<ProjectOwner>{{kUser, false}, [] { return sentence("User"); }, nullptr},
    Column<ProjectOwner>{{"inodes"},
                         [] { return sentence("Files"); },
                         [](const ProjectOwner& one) { return one.files.value_or(0); }},
    Column<ProjectOwner>{{"bytes"},
                         [] { return sentence("Space"); },
                         [](const ProjectOwner& one) { return one.bytes.value_or(0); }},
};

constexpr std::array kNearlineColumns = {
    Column<NearlineOwner>{{kUser, false}, [] { return sentence("User"); }, nullptr},
    Column<NearlineOwner>{{"disk_inodes"},
                          [] { return sentence("Files on disk"); },
                          [](const NearlineOwner& one) { return one.disk_files.value_or(0); }},
    Column<NearlineOwner>{{"disk_bytes"},
                          [] { return sentence("Space on disk"); },
                          [](const NearlineOwner& one) { return one.disk_bytes.value_or(0); }},
    Column<NearlineOwner>{{"tape_inodes"},
                          [] { return sentence("Files on tape"); },
                          [](const NearlineOwner& one) { return one.tape_files.value_or(0); }},
    Column<NearlineOwner>{{"tape_bytes"},
                          [] { return sentence("Space on tape"); },
                          [](const NearlineOwner& one) { return one.tape_bytes.value_or(0); }},
};

/// All keys, the usual one first.
constexpr std::array<SortKey, 7> kKeys = {{{"bytes"},
                                           {"inodes"},
                                           {kUser, false},
                                           {"disk_inodes"},
                                           {"disk_bytes"},
                                           {"tape_inodes"},
                                           {"tape_bytes"}}};

double as_number(std::uint64_t count) {
    return static_cast<double>(count);
}

/// What is the same stays in the order of bytes.
template <class Owner>
void sort(std::vector<Owner>& owners, std::span<const Column<Owner>> columns,
          const Sorting& asked) {
    const auto column = std::find_if(columns.begin(), columns.end(), [&](const Column<Owner>& one) {
        return one.key.name == asked.key;
    });
    if (column == columns.end()) return;
    std::stable_sort(owners.begin(), owners.end(), [&](const Owner& left, const Owner& right) {
        const Owner& first = asked.descending ? right : left;
        const Owner& second = asked.descending ? left : right;
        if (column->value == nullptr) return first.user < second.user;
        return column->value(first) < column->value(second);
    });
}

/// Heads of the columns; their links come back to this table.
template <class Quota, class Owner>
void finish(Quota& quota, std::span<const Column<Owner>> columns, const OwnerOrder& order) {
    sort(quota.owners, columns, order.sorting);
    for (const Column<Owner>& column : columns) {
        views::SortColumn head =
            sort_column(order.request, order.page, order.sorting, column.key, column.title());
        head.number = column.value != nullptr;
        head.link += "#" + url::encode(quota.id);
        quota.columns.push_back(std::move(head));
    }
}

}  // namespace

OwnerOrder owner_order(const Request& request, std::string page) {
    return {request, std::move(page), sorting_of(request, kKeys)};
}

void fill_owners(views::ProjectQuota& quota, const robinhood::GroupUse& use,
                 const OwnerOrder& order) {
    for (const robinhood::OwnerAmount& owner : use.project.owners) {
        views::ProjectOwner& shown = quota.owners.emplace_back();
        shown.user = owner.user;
        if (!owner.amount) continue;
        shown.files = as_number(owner.amount->inodes);
        shown.bytes = as_number(owner.amount->bytes.count);
    }
    finish<views::ProjectQuota, ProjectOwner>(quota, kProjectColumns, order);
}

void fill_owners(views::NearlineQuota& quota, const robinhood::GroupUse& use,
                 const OwnerOrder& order) {
    std::map<std::string, NearlineOwner> owners;
    for (const robinhood::OwnerAmount& owner : use.disk.owners) {
        NearlineOwner& shown = owners[owner.user];
        shown.disk_known = owner.amount.has_value();
        if (!owner.amount) continue;
        shown.disk_files = as_number(owner.amount->inodes);
        shown.disk_bytes = as_number(owner.amount->bytes.count);
    }
    for (const robinhood::OwnerAmount& owner : use.tape.owners) {
        NearlineOwner& shown = owners[owner.user];
        shown.tape_known = owner.amount.has_value();
        if (!owner.amount) continue;
        shown.tape_files = as_number(owner.amount->inodes);
        shown.tape_bytes = as_number(owner.amount->bytes.count);
    }
    for (auto& [user, owner] : owners) {
        owner.user = user;
        quota.owners.push_back(owner);
    }
    std::stable_sort(quota.owners.begin(), quota.owners.end(),
                     [](const NearlineOwner& left, const NearlineOwner& right) {
                         return left.disk_bytes.value_or(0) + left.tape_bytes.value_or(0) >
                                right.disk_bytes.value_or(0) + right.tape_bytes.value_or(0);
                     });
    finish<views::NearlineQuota, NearlineOwner>(quota, kNearlineColumns, order);
}

}  // namespace portal::quotas
