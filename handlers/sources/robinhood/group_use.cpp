#include "handlers/sources/robinhood/group_use.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "fcgi/base/login.h"
#include "fcgi/base/text.h"

namespace portal::robinhood {
namespace {

constexpr std::string_view kRoot = "root";
/// Owners with no more entries than this (on tape: bytes) are not worth a line.
constexpr std::uint64_t kFew = 2;

/// More than any file system holds: a count that went below zero, for example.
constexpr Amount kTooMuch = {1'000'000'000'000'000, Bytes{std::uint64_t{1} << 62U}};

bool is_possible(const Amount& amount) {
    return amount.inodes < kTooMuch.inodes && amount.bytes < kTooMuch.bytes;
}

void add(Part& part, const OwnerRow& row, const Amount& amount, std::uint64_t weight) {
    if (!is_possible(amount)) {
        part.left_out.push_back(text::to_utf8(row.user));
        if (row.user != kRoot) part.owners.push_back({part.left_out.back(), std::nullopt});
        return;
    }
    part.total.inodes += amount.inodes;
    part.total.bytes.count += amount.bytes.count;
    if (row.user == kRoot || weight <= kFew) return;
    part.owners.push_back({text::to_utf8(row.user), amount});
}

void sort(Part& part) {
    const auto bytes = [](const OwnerAmount& owner) {
        return owner.amount ? std::optional(owner.amount->bytes) : std::nullopt;
    };
    std::sort(part.owners.begin(), part.owners.end(),
              [&](const OwnerAmount& left, const OwnerAmount& right) {
                  if (bytes(left) != bytes(right)) return bytes(left) > bytes(right);
                  return left.user < right.user;
              });
}

GroupUse use_of_group(const std::string& group, const std::vector<OwnerRow>& rows) {
    GroupUse use{group, {}, {}, {}};
    for (const OwnerRow& row : rows) {
        if (!same_login(row.group, group)) continue;
        add(use.project, row, row.project, row.project.inodes);
        add(use.disk, row, row.disk, row.disk.inodes);
        add(use.tape, row, row.tape, row.tape.bytes.count);
    }
    sort(use.project);
    sort(use.disk);
    sort(use.tape);
    return use;
}

using SumsByName = std::map<std::string, OwnerSum>;

/// What is not known stays so, whatever is added to it.
void add(std::optional<Amount>& sum, const Amount& amount) {
    if (!sum) return;
    const Amount more{sum->inodes + amount.inodes, Bytes{sum->bytes.count + amount.bytes.count}};
    sum = is_possible(amount) && is_possible(more) ? std::optional(more) : std::nullopt;
}

/// Names that are the same once their wrong bytes are marked are one.
void add(SumsByName& sums, const std::string& name, const OwnerRow& row) {
    const std::string shown = text::to_utf8(name);
    OwnerSum& sum = sums.try_emplace(shown, OwnerSum{shown, Amount{}, Amount{}}).first->second;
    add(sum.project, row.project);
    add(sum.nearline, row.disk);
    add(sum.nearline, row.tape);
}

std::vector<OwnerSum> with_something(const SumsByName& sums) {
    std::vector<OwnerSum> all;
    for (const auto& [name, sum] : sums) {
        if (sum.project != Amount{} || sum.nearline != Amount{}) all.push_back(sum);
    }
    return all;
}

}  // namespace

void OwnerAdder::add(const OwnerRow& row) {
    if (row.user != kRoot) robinhood::add(people_, row.user, row);
    robinhood::add(groups_, row.group, row);
}

OwnerSums OwnerAdder::take() {
    return {with_something(std::exchange(people_, {})), with_something(std::exchange(groups_, {}))};
}

OwnerSums owner_sums(const std::vector<OwnerRow>& rows) {
    OwnerAdder adder;
    for (const OwnerRow& row : rows) adder.add(row);
    return adder.take();
}

GroupUses group_uses(const std::vector<std::string>& groups, const std::vector<OwnerRow>& rows) {
    GroupUses uses;
    for (const std::string& group : groups) uses.push_back(use_of_group(group, rows));
    return uses;
}

}  // namespace portal::robinhood
