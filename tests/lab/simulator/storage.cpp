#include "storage.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "allocations.h"
#include "people.h"
#include "random.h"

namespace portal::simulator {
namespace {

constexpr std::string_view kHome = "/lustre05/home/";
constexpr std::string_view kProject = "/lustre06/project/";
constexpr std::string_view kScratch = "/lustre07/scratch/";
constexpr double kGibi = 1024.0 * 1024 * 1024;
constexpr std::uint64_t kDirectoryBlocks = 8;

/// What an owner has: entries, and blocks of files.
struct Part {
    std::string user;
    std::uint64_t count = 0;
    std::uint64_t blocks = 0;
};

/// A group's whole use, by seed, except for groups with a story.
struct Total {
    std::uint64_t count = 0;
    std::uint64_t blocks = 0;
};

Total project_total(const Allocation& given, Random& random) {
    double bytes = given.byte_limit() * random.between(0.15, 0.75);
    double entries = given.inode_limit() * random.between(0.1, 0.7);
    if (given.name == "rrg-haddad") bytes = given.byte_limit() * 1.03;
    if (given.name == "def-smith") entries = given.inode_limit() * 0.91;
    if (given.name == "def-jones") bytes = 3 * kGibi, entries = 1200;
    return {static_cast<std::uint64_t>(entries), static_cast<std::uint64_t>(bytes) / kBlockUnit};
}

/// Owners with a fixed part: the same few in every group, the odd ones where alice sees them.
std::vector<Part> fixed_parts(std::string_view group) {
    std::vector<Part> parts{{"root", 3, 400}};
    if (group == "def-smith") {
        parts.push_back({"carol", 2, 16});  // too few to be shown
        parts.push_back({"david", 3, 24});
        parts.push_back({"\xff\xfe\x01odd", 12, 9'000});
        parts.push_back({"élodie", 40, 70'000});
        parts.push_back({"<b>o'brien\"</b>", 7, 4'000});
    }
    if (group == "rrg-boeuf") parts.push_back({"3000999", 18'000, 2'000'000'000});  // no login left
    return parts;
}

/// Those who share the rest: the group's people, and who left it.
std::vector<std::string> owners(std::string_view group) {
    std::vector<std::string> list;
    for (const std::string_view login : members(group)) list.emplace_back(login);
    for (const Person& person : kPeople) {
        if (person.left && person.project == group) list.emplace_back(person.login);
    }
    return list;
}

/// Divides the total; what rounding leaves over is the first one's.
std::vector<Part> divided(Total total, std::string_view group, Random& random) {
    std::vector<Part> parts = fixed_parts(group);
    for (const Part& part : parts) {
        total.count -= part.count;
        total.blocks -= part.blocks;
    }
    const std::vector<std::string> people = owners(group);
    std::vector<double> weights;
    double sum = 0;
    for (std::size_t i = 0; i < people.size(); ++i) {
        weights.push_back(random.between(0.5, 1.5) / static_cast<double>(1 + i));
        sum += weights.back();
    }
    Total left = total;
    const std::size_t first = parts.size();
    for (std::size_t i = 0; i < people.size(); ++i) {
        const double share = weights[i] / sum;
        const auto count = static_cast<std::uint64_t>(static_cast<double>(total.count) * share);
        const auto blocks = static_cast<std::uint64_t>(static_cast<double>(total.blocks) * share);
        parts.push_back({people[i], count, blocks});
        left.count -= count;
        left.blocks -= blocks;
    }
    parts[first].count += left.count;
    parts[first].blocks += left.blocks;
    return parts;
}

/// Rows of one owner in one group.
class Rows {
 public:
    Rows(std::vector<Held>& list, std::string_view user, std::string_view group)
        : list_(list), user_(user), group_(group) {}

    void files(std::string_view status, std::uint64_t count, std::uint64_t blocks) {
        add({{},
             {},
             "file",
             status,
             blocks * kBlockUnit - std::min(blocks, count) * 100,
             blocks,
             count});
    }
    void released(std::uint64_t count, std::uint64_t size) {
        add({{}, {}, "file", "released", size, 0, count});
    }
    void others(std::string_view type, std::uint64_t count, std::uint64_t size,
                std::uint64_t blocks) {
        add({{}, {}, type, "", count * size, count * blocks, count});
    }

 private:
    void add(Held row) {
        if (row.count == 0) return;
        row.user = user_;
        row.group = group_;
        list_.push_back(std::move(row));
    }

    std::vector<Held>& list_;
    std::string user_;
    std::string group_;
};

void add_project_part(std::vector<Held>& list, const Part& part, std::string_view group) {
    constexpr std::uint64_t kFew = 50;
    Rows rows(list, part.user, group);
    if (part.count < kFew) return rows.files("", part.count, part.blocks);
    const std::uint64_t directories = part.count / 16;
    const std::uint64_t links = part.count / 100;
    rows.others("dir", directories, 4096, kDirectoryBlocks);
    rows.others("symlink", links, 30, 0);
    std::uint64_t rest = part.count - directories - links;
    if (part.count > 100'000) {
        for (const std::string_view type : {"chr", "blk", "fifo", "sock"}) {
            rows.others(type, 1, 0, 0);
            --rest;
        }
    }
    const std::uint64_t blocks =
        part.blocks - std::min(part.blocks, directories * kDirectoryBlocks);
    rows.files("new", rest / 10, blocks / 12);
    rows.files("", rest - rest / 10, blocks - blocks / 12);
}

void add_nearline_part(std::vector<Held>& list, const Part& part, std::string_view group,
                       Random& random) {
    Rows rows(list, part.user, group);
    if (part.user == "root") {
        rows.others("dir", 2, 4096, kDirectoryBlocks);
        rows.released(1, 5'000'000'000);
        return rows.files("synchro", 1, 2'000'000);
    }
    const std::uint64_t directories = 1 + part.count / 40;
    rows.others("dir", directories, 4096, kDirectoryBlocks);
    rows.others("symlink", part.count / 200, 25, 0);
    if (part.count < 3) return rows.files("synchro", part.count, part.blocks);
    const double on_disk = random.between(0.1, 0.3);
    const auto disk_count = static_cast<std::uint64_t>(static_cast<double>(part.count) * on_disk);
    const auto disk_blocks = static_cast<std::uint64_t>(static_cast<double>(part.blocks) * on_disk);
    const bool only_tape = part.user == "gabriel";
    const bool only_disk = part.user == "marc";
    if (!only_tape) {
        rows.files("new", disk_count / 20, disk_blocks / 50);
        rows.files("modified", disk_count / 25, disk_blocks / 40);
        rows.files("retrieving", disk_count / 100, disk_blocks / 100);
        rows.files("archiving", disk_count / 60, disk_blocks / 30);
        rows.files("synchro", disk_count, disk_blocks);
    }
    if (!only_disk) {
        rows.released(part.count - disk_count, (part.blocks - disk_blocks) * kBlockUnit);
    }
}

void add_project(std::vector<Held>& list, const Allocation& given, std::uint64_t seed) {
    // an allocation that nobody has used, and those without storage
    if (given.name == "def-staff" || !(given.storage_tb || given.million_inodes)) return;
    Random random(mixed(seed, 0xACC00 + project_index(given.name)));
    const Total total = project_total(given, random);
    for (const Part& part : divided(total, given.name, random)) {
        add_project_part(list, part, given.name);
    }
    if (given.name != "rrg-haddad") return;
    // known to the HSM: not counted to the project
    Rows rows(list, "farah", given.name);
    rows.files("synchro", 40, 8'000'000);
    rows.released(90, 70'000'000'000);
}

void add_nearline(std::vector<Held>& list, const Allocation& given, std::uint64_t seed) {
    if (!given.nearline_tb) return;
    Random random(mixed(seed, 0xACD00 + project_index(given.name)));
    double bytes = *given.nearline_tb * kTerabyte * random.between(0.3, 0.8);
    if (given.name == "rrg-heavy") bytes = *given.nearline_tb * kTerabyte * 1.04;
    const Total total{static_cast<std::uint64_t>(random.between(20'000, 400'000)),
                      static_cast<std::uint64_t>(bytes) / kBlockUnit};
    for (const Part& part : divided(total, given.name, random)) {
        add_nearline_part(list, part, given.name, random);
    }
}

/// The rank of a value in its ENUM of the table.
int rank(std::string_view value) {
    constexpr std::array<std::string_view, 14> kOrder{
        "symlink", "dir", "file",     "chr",        "blk",       "fifo",    "sock",
        "",        "new", "modified", "retrieving", "archiving", "synchro", "released",
    };
    return static_cast<int>(std::ranges::find(kOrder, value) - kOrder.begin());
}

bool before(const Held& left, const Held& right) {
    if (left.user != right.user) return left.user < right.user;
    if (left.group != right.group) return left.group < right.group;
    if (left.type != right.type) return rank(left.type) < rank(right.type);
    return rank(left.status) < rank(right.status);
}

Used use_of_person(std::string_view path, unsigned person, std::uint64_t seed) {
    const bool home = path == kHome;
    Random random(mixed(seed, (home ? 0xACE00U : 0xACF00U) + person));
    double share = std::pow(random.share(), 2);
    if (home && person == kAlice) share = 0.82;
    if (home && person == kBob) share = 1;  // not a byte more fits in
    if (!home && person == kAlice) share = 0.31;
    const double inodes = (home ? 500e3 : 10e6) * share * random.between(0.2, 0.9);
    const double bytes = (home ? 50 : 20 * 1024) * kGibi * share;
    return {path,
            std::string(kPeople[person].login),
            std::floor(inodes),
            std::floor(bytes / 1024),
            random.share(),
            !home};
}

void add_people(std::vector<Used>& list, std::uint64_t seed) {
    for (unsigned person = 0; person < kPeople.size(); ++person) {
        const bool nothing = person == kStaff || kPeople[person].login == "paula";
        const bool no_scratch = nothing || kPeople[person].login == "nadia";
        if (!nothing) list.push_back(use_of_person(kHome, person, seed));
        if (!no_scratch) list.push_back(use_of_person(kScratch, person, seed));
    }
}

void add_groups(std::vector<Used>& list, std::uint64_t seed) {
    // the exporter's number is from another hour than Robinhood's, and counts everything on disk
    constexpr double kInodesLater = 1.004;
    constexpr double kBytesLater = 1.008;
    std::map<std::string, Total> totals;
    for (const Held& row : held(seed, Scanned::Project)) {
        totals[row.group].count += row.count;
        totals[row.group].blocks += row.blocks;
    }
    for (const auto& [group, total] : totals) {
        list.push_back({kProject, group,
                        std::floor(static_cast<double>(total.count) * kInodesLater),
                        std::floor(static_cast<double>(total.blocks) / 2 * kBytesLater),
                        as_share(mixed(seed, project_index(group))), false});
    }
}

}  // namespace

std::vector<Held> held(std::uint64_t seed, Scanned file_system) {
    std::vector<Held> list;
    for (const Allocation& given : allocations()) {
        if (file_system == Scanned::Project) {
            add_project(list, given, seed);
        } else {
            add_nearline(list, given, seed);
        }
    }
    std::ranges::sort(list, before);
    return list;
}

std::vector<Used> used(std::uint64_t seed) {
    std::vector<Used> list;
    add_people(list, seed);
    add_groups(list, seed);
    return list;
}

double Used::share(double age) const {
    constexpr double kDay = 86400;
    const double days = std::max(0.0, age / kDay);
    if (purged) {
        const auto month = [&](double at) { return 0.6 + 0.4 * (at - std::floor(at)); };
        return month(phase - days / 30) / month(phase);
    }
    const auto wave = [&](double at) {
        return 0.02 * std::sin(2 * std::numbers::pi * (phase + at / 13));
    };
    return 1 - 0.004 * days + wave(days) - wave(0);
}

}  // namespace portal::simulator
