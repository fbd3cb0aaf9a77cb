#include "handlers/sources/own/storage/storage_db.h"

namespace portal::database {
namespace {

/// How many days a copy is off from when it should be.
Day off(Day day, Day wanted) {
    return day > wanted ? day - wanted : wanted - day;
}

}  // namespace

const StorageCopy* newest_copy(std::span<const StorageCopy> copies,
                               const std::string& file_system) {
    const StorageCopy* newest = nullptr;
    for (const StorageCopy& copy : copies) {
        if (copy.file_system != file_system) continue;
        if (newest == nullptr || copy.day > newest->day) newest = &copy;
    }
    return newest;
}

std::optional<CopyPair> growth_pair(std::span<const StorageCopy> copies,
                                    const std::string& file_system) {
    const StorageCopy* const now = newest_copy(copies, file_system);
    if (now == nullptr || now->day < kGrowthDays) return std::nullopt;
    const Day wanted = now->day - kGrowthDays;
    const StorageCopy* then = nullptr;
    for (const StorageCopy& copy : copies) {
        if (copy.file_system != file_system || copy.day >= now->day) continue;
        const bool closer = then == nullptr || off(copy.day, wanted) < off(then->day, wanted) ||
                            (off(copy.day, wanted) == off(then->day, wanted) && copy.day < wanted);
        if (closer) then = &copy;
    }
    if (then == nullptr) return std::nullopt;
    return CopyPair{*then, *now};
}

}  // namespace portal::database
