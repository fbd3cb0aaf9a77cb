#include <algorithm>
#include <map>

#include "allocations.h"
#include "json_object.h"
#include "storage.h"
#include "truth.h"

namespace portal::simulator {
namespace {

constexpr std::uint64_t kFew = 2;  ///< owners with so many entries are not listed

struct Sum {
    std::uint64_t inodes = 0;
    std::uint64_t bytes = 0;
};

/// What one owner or one group has.
struct Sums {
    Sum project;  ///< the HSM knows nothing of it, or has no copy
    Sum disk;     ///< known to the HSM, on disk
    Sum tape;     ///< released
};

void add(Sum& sum, const Held& row, std::uint64_t bytes) {
    sum.inodes += row.count;
    sum.bytes += bytes;
}

void add(Sums& sums, const Held& row) {
    const std::uint64_t on_disk = row.blocks * kBlockUnit;
    if (row.status.empty() || row.status == "new") return add(sums.project, row, on_disk);
    if (row.status == "released") return add(sums.tape, row, row.size);
    add(sums.disk, row, on_disk);
}

struct Group {
    Sums whole;
    std::map<std::string, Sums> owners;
};

std::map<std::string, Group> groups(std::uint64_t seed, Scanned file_system) {
    std::map<std::string, Group> found;
    for (const Held& row : held(seed, file_system)) {
        Group& group = found[row.group];
        add(group.whole, row);
        if (row.user != "root") add(group.owners[row.user], row);
    }
    return found;
}

void write_sum(JsonObject& object, std::string_view name, const Sum& sum) {
    object.number(std::string(name) + "inodes", static_cast<double>(sum.inodes));
    object.number(std::string(name) + "bytes", static_cast<double>(sum.bytes));
}

using Owner = std::pair<std::string, Sums>;

void write_project(std::ostream& out, const Group& group, const Allocation& given) {
    JsonObject object(out);
    object.number("byte_limit", given.byte_limit());
    object.number("inode_limit", given.inode_limit());
    write_sum(object, "", group.whole.project);
    std::vector<Owner> owners(group.owners.begin(), group.owners.end());
    std::erase_if(owners, [](const Owner& one) { return one.second.project.inodes <= kFew; });
    std::ranges::stable_sort(owners, std::greater<>{},
                             [](const Owner& one) { return one.second.project.bytes; });
    write_list(object.begin("users"), owners, [&](const Owner& one) {
        JsonObject user(out);
        user.bytes("user", one.first);
        write_sum(user, "", one.second.project);
    });
}

void write_nearline(std::ostream& out, const Group& group, const Allocation& given) {
    JsonObject object(out);
    object.number("byte_limit", given.nearline_tb.value_or(0) * kTerabyte);
    write_sum(object, "disk_", group.whole.disk);
    write_sum(object, "tape_", group.whole.tape);
    std::vector<Owner> owners(group.owners.begin(), group.owners.end());
    write_list(object.begin("users"), owners, [&](const Owner& one) {
        JsonObject user(out);
        user.bytes("user", one.first);
        if (one.second.disk.inodes > kFew) write_sum(user, "disk_", one.second.disk);
        if (one.second.tape.bytes > kFew) write_sum(user, "tape_", one.second.tape);
    });
}

void write_exporter(std::ostream& out, std::uint64_t seed) {
    write_list(out, used(seed), [&](const Used& one) {
        JsonObject object(out);
        object.text("path", one.path);
        object.text("name", one.name);
        object.number("inodes", one.inodes);
        object.number("bytes", one.kibibytes * 1024);
    });
}

}  // namespace

void write_storage_truth(std::ostream& out, std::uint64_t seed) {
    JsonObject object(out);
    auto project = groups(seed, Scanned::Project);
    auto nearline = groups(seed, Scanned::Nearline);
    {
        JsonObject list(object.begin("project"));
        for (const Allocation& given : allocations()) {
            if (!project.contains(std::string(given.name))) continue;
            write_project(list.begin(given.name), project[std::string(given.name)], given);
        }
    }
    {
        JsonObject list(object.begin("nearline"));
        for (const Allocation& given : allocations()) {
            if (!nearline.contains(std::string(given.name))) continue;
            write_nearline(list.begin(given.name), nearline[std::string(given.name)], given);
        }
    }
    write_exporter(object.begin("quota_exporter"), seed);
}

}  // namespace portal::simulator
