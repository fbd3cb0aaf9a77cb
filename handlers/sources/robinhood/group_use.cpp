#include "handlers/sources/robinhood/group_use.h"

#include <algorithm>
#include <string_view>

#include "fcgi/base/text.h"

namespace portal::robinhood {
namespace {

constexpr std::string_view kRoot = "root";
/// Owners with no more entries than this (on tape: bytes) are not worth a line.
constexpr std::uint64_t kFew = 2;

/// More than any file system holds: a count that went below zero, for example.
constexpr Amount kTooMuch = {1'000'000'000'000'000, Bytes{std::uint64_t{1} << 62U}};

void add(Part& part, const OwnerRow& row, const Amount& amount, std::uint64_t weight) {
    if (amount.inodes >= kTooMuch.inodes || amount.bytes >= kTooMuch.bytes) {
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
        if (row.group != group) continue;
        add(use.project, row, row.project, row.project.inodes);
        add(use.disk, row, row.disk, row.disk.inodes);
        add(use.tape, row, row.tape, row.tape.bytes.count);
    }
    sort(use.project);
    sort(use.disk);
    sort(use.tape);
    return use;
}

}  // namespace

GroupUses group_uses(const std::vector<std::string>& groups, const std::vector<OwnerRow>& rows) {
    GroupUses uses;
    for (const std::string& group : groups) uses.push_back(use_of_group(group, rows));
    return uses;
}

}  // namespace portal::robinhood
