#include "storage_file.h"

#include <fstream>
#include <stdexcept>

#include "storage.h"

namespace portal::simulator {
namespace {

// as Robinhood 3 makes it with names as owners and the status manager lhsm
constexpr std::string_view kTable =
    "DROP TABLE IF EXISTS ACCT_STAT;\n"
    "CREATE TABLE ACCT_STAT (uid VARBINARY(127) DEFAULT 'unknown',\n"
    "    gid VARBINARY(127) DEFAULT 'unknown',\n"
    "    type ENUM('symlink', 'dir', 'file', 'chr', 'blk', 'fifo', 'sock') DEFAULT 'file',\n"
    "    lhsm_status ENUM('', 'new', 'modified', 'retrieving', 'archiving', 'synchro', "
    "'released')\n"
    "        DEFAULT '',\n"
    "    size BIGINT UNSIGNED DEFAULT 0, blocks BIGINT UNSIGNED DEFAULT 0,\n"
    "    count BIGINT UNSIGNED DEFAULT 0, sz0 BIGINT UNSIGNED DEFAULT 0,\n"
    "    sz1 BIGINT UNSIGNED DEFAULT 0, sz32 BIGINT UNSIGNED DEFAULT 0,\n"
    "    sz1K BIGINT UNSIGNED DEFAULT 0, sz32K BIGINT UNSIGNED DEFAULT 0,\n"
    "    sz1M BIGINT UNSIGNED DEFAULT 0, sz32M BIGINT UNSIGNED DEFAULT 0,\n"
    "    sz1G BIGINT UNSIGNED DEFAULT 0, sz32G BIGINT UNSIGNED DEFAULT 0,\n"
    "    sz1T BIGINT UNSIGNED DEFAULT 0,\n"
    "    PRIMARY KEY (uid, gid, type, lhsm_status)) ENGINE=InnoDB;\n";

std::string bytes(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string literal = "0x";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        literal += {kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
    return literal;
}

/// How many entries are of which size; the ranges begin at 0, 1, 32, 1K, …, 1T bytes.
std::array<std::uint64_t, 10> sizes(const Held& row) {
    constexpr std::array<std::uint64_t, 10> kThousandths{20, 60, 180, 0, 190, 90, 30, 8, 0, 0};
    constexpr std::size_t kMiddle = 3;
    std::array<std::uint64_t, 10> found{};
    found[kMiddle] = row.count;
    if (row.type != "file") return found;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::uint64_t part = row.count * kThousandths[i] / 1000;
        found[i] += part;
        found[kMiddle] -= part;
    }
    return found;
}

void write_rows(std::ostream& out, std::uint64_t seed, Scanned file_system) {
    std::string_view separator = "INSERT INTO ACCT_STAT VALUES\n";
    for (const Held& row : held(seed, file_system)) {
        out << separator << '(' << bytes(row.user) << ',' << bytes(row.group) << ",'" << row.type
            << "','" << row.status << "'," << row.size << ',' << row.blocks << ',' << row.count;
        for (const std::uint64_t count : sizes(row)) out << ',' << count;
        out << ')';
        separator = ",\n";
    }
    out << ";\n";
}

}  // namespace

void write_robinhood(const std::string& path, std::uint64_t seed) {
    std::ofstream out(path);
    out << "USE rbh_lustre06;\n" << kTable;
    write_rows(out, seed, Scanned::Project);
    out << "USE rbh_nearline;\n" << kTable;
    write_rows(out, seed, Scanned::Nearline);
    if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace portal::simulator
