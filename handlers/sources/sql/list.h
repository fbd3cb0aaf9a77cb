#pragma once

#include <cstddef>
#include <vector>

#include "handlers/sources/sql/session.h"

namespace portal::sql {

/// The members of a statement's `{list}` (not empty), the last one repeated up to a power of two:
/// lists of few different lengths share their prepared statements.
template <class Members>
[[nodiscard]] std::vector<Value> list_values(const Members& members) {
    std::vector<Value> values(members.begin(), members.end());
    std::size_t length = 1;
    while (length < values.size()) length *= 2;
    values.resize(length, values.back());
    return values;
}

}  // namespace portal::sql
