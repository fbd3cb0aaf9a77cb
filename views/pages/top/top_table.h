#pragma once

#include <string>
#include <vector>

#include "views/base/sentence.h"
#include "views/base/words.h"
#include "views/parts/columns.h"

/// What the tables of Top share.
namespace portal::views {

/// Whose a row is.
struct TopUser {
    std::string name;  ///< empty: nobody's
    std::string link;  ///< to the jobs; empty: none
};

/// A table that is sorted by links in its head. `more` says what it leaves out, `open` what its
/// sums cannot know; empty if nothing.
template <class Row>
struct TopTable {
    std::vector<SortColumn> columns;
    std::vector<Row> rows;
    Sentence more;
    Sentence open;
};

/// A name with the link to the jobs.
void add_top_user(TemplateDictionary& dict, const TemplateString& marker, const TopUser& user,
                  const Words& words);

/// From here on a table scrolls in its own box under a header that stays.
inline constexpr std::size_t kLongTopTable = 25;

}  // namespace portal::views
