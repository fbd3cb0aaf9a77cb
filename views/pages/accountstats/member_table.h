#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/base/words.h"
#include "views/parts/columns.h"
#include "views/parts/grade.h"

namespace portal::views {

/// What was held of one measure over a range; all NoData: none was held.
struct HeldUse {
    Reading allocated;  ///< core-hours, byte-hours, GPU-hours
    Reading used;       ///< same unit
    Reading wasted;     ///< same unit
    Share share;        ///< used of allocated
};

/// One user of an account.
struct MemberRow {
    std::string login;    ///< empty: the measurements name nobody
    std::string link;     ///< jobs of the user in the account; empty: the viewer may not see them
    bool former = false;  ///< no longer a member of the group
    std::vector<HeldUse> uses;  ///< in the order of the table's measures
};

/// Who held and used what, by user, sorted, with the sum of all.
struct MemberTable {
    enum class Measure { Cores, Memory, Gpus };
    std::vector<Measure> measures;
    std::vector<SortColumn> columns;  ///< the user, then four of each measure
    std::vector<MemberRow> rows;
    std::vector<HeldUse> total;
    std::optional<SourceId> missing;  ///< the source that does not answer: there are no rows
};

/// The table, or the reason it is missing.
void add_member_table(TemplateDictionary& dict, const TemplateString& marker,
                      const MemberTable& table, const Words& words);

/// Name of what a measure's columns count: "core-hours".
[[nodiscard]] const char* hours_word(MemberTable::Measure measure);
/// A number of a measure as in the table: memory in TiB-hours.
[[nodiscard]] std::string hours_text(double value, MemberTable::Measure measure,
                                     const Words& words);

}  // namespace portal::views
