#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fcgi/http/request.h"
#include "views/base/sentence.h"
#include "views/parts/columns.h"

namespace portal {

/// A key that a table can be sorted by: `sort=KEY` for the order it begins with, `sort=-KEY` for
/// the other.
struct SortKey {
    std::string_view name;
    bool largest_first = true;
};

struct Sorting {
    std::string_view key;
    bool descending = true;
    std::string_view parameter = "sort";  ///< of two tables of one page each has its own
};

/// The order that `parameter` requests; the first key's without it. Throws HttpError 400 if there
/// is no such key.
[[nodiscard]] Sorting sorting_of(const Request& request, std::span<const SortKey> keys,
                                 std::string_view parameter = "sort");

/// What a row is sorted by. A row without a value comes last, whatever the order.
using SortValue = std::variant<std::monostate, double, std::string>;

/// Does a value come before the other in this order?
[[nodiscard]] bool stands_before(const SortValue& left, const SortValue& right,
                                 const Sorting& order);

/// Sorts rows by `value_of(row)`; rows of one value keep their order.
template <class Row, class ValueOf>
void sort_rows(std::vector<Row>& rows, const Sorting& order, ValueOf value_of) {
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& left, const Row& right) {
        return stands_before(value_of(left), value_of(right), order);
    });
}

/// The head of a column sorted by `key`: its link requests that order, or for the other one if it
/// is the present one. `page` is the page's path with the base path.
[[nodiscard]] views::SortColumn sort_column(const Request& request, const std::string& page,
                                            const Sorting& present, const SortKey& key,
                                            views::Sentence title);

}  // namespace portal
