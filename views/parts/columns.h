#pragma once

#include <string>
#include <vector>

#include "views/parts/part.h"

namespace portal::views {

/// One column of a table that can be sorted by a link in its head.
struct SortColumn {
    enum class Order { None, Ascending, Descending };
    Sentence title;
    std::string unit{};  ///< shown small after the title; a message id
    std::string link{};  ///< sorts by this column; empty: it cannot be sorted
    Order order = Order::None;
    bool number = false;
};

/// Heads of the columns of a table, with the links that sort it.
void add_columns(TemplateDictionary& dict, const TemplateString& marker,
                 const std::vector<SortColumn>& columns, const Words& words);

}  // namespace portal::views
