#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/page/sorting.h"
#include "views/base/sentence.h"
#include "views/parts/columns.h"

namespace portal::top {

/// A column of a table: how it is called and what the rows are sorted by there.
template <class Row>
struct Column {
    SortKey key;
    const char* title;  ///< a message id
    SortValue (*value)(const Row&);
    bool number = true;  ///< its cells are right-aligned
};

/// The columns of a table and the order that the address requests; the first column's without it.
template <class Row>
struct Order {
    std::span<const Column<Row>> columns;
    Sorting sorting;
};

/// Throws HttpError 400 if there is no such column.
template <class Row>
[[nodiscard]] Order<Row> order_of(const Request& request, std::span<const Column<Row>> columns,
                                  std::string_view parameter = "sort") {
    std::vector<SortKey> keys;
    for (const Column<Row>& column : columns) keys.push_back(column.key);
    // The names in the keys are literals: they outlive the list.
    return {columns, sorting_of(request, keys, parameter)};
}

/// Heads with links, in the order of the columns. `page` is the page's path with the base path.
template <class Row>
[[nodiscard]] std::vector<views::SortColumn> heads(const Request& request, const std::string& page,
                                                   const Order<Row>& order) {
    std::vector<views::SortColumn> shown;
    for (const Column<Row>& column : order.columns) {
        shown.push_back(
            sort_column(request, page, order.sorting, column.key, views::sentence(column.title)));
        shown.back().number = column.number;
    }
    return shown;
}

template <class Row>
void put_in_order(std::vector<Row>& rows, const Order<Row>& order) {
    for (const Column<Row>& column : order.columns) {
        if (column.key.name == order.sorting.key) sort_rows(rows, order.sorting, column.value);
    }
}

/// Sorted by a number, if it is known.
[[nodiscard]] inline SortValue by(const std::optional<double>& value) {
    if (!value) return std::monostate{};
    return *value;
}

/// Sorted by how much of something is used.
[[nodiscard]] inline SortValue by_share(const std::optional<double>& used,
                                        const std::optional<double>& all) {
    if (!used || all.value_or(0) <= 0) return std::monostate{};
    return *used / *all;
}

}  // namespace portal::top
