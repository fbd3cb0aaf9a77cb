#pragma once

#include <span>
#include <string>
#include <string_view>

#include "fcgi/request.h"
#include "views/frame.h"

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
};

/// The order asked for by `sort`; the first key's without it. Throws HttpError 400 if there is no
/// such key.
[[nodiscard]] Sorting sorting_of(const Request& request, std::span<const SortKey> keys);

/// The head of a column sorted by `key`: its link asks for that order, or for the other one if it
/// is the present one. `page` is the page's path with the base path.
[[nodiscard]] views::SortColumn sort_column(const Request& request, const std::string& page,
                                            const Sorting& present, const SortKey& key,
                                            views::Sentence title);

}  // namespace portal
