#include "handlers/page/sorting.h"

#include "fcgi/http/http_error.h"
#include "handlers/page/page_link.h"

namespace portal {

Sorting sorting_of(const Request& request, std::span<const SortKey> keys,
                   std::string_view parameter) {
    const auto asked = request.parameter(parameter);
    if (!asked) return {keys.front().name, keys.front().largest_first, parameter};
    std::string_view name = *asked;
    const bool other = name.starts_with('-');
    if (other) name.remove_prefix(1);
    for (const SortKey& key : keys) {
        if (key.name == name) return {key.name, key.largest_first != other, parameter};
    }
    throw HttpError(400, views::sentence("The table cannot be sorted by that column.").id);
}

bool stands_before(const SortValue& left, const SortValue& right, const Sorting& order) {
    const bool left_known = !std::holds_alternative<std::monostate>(left);
    const bool right_known = !std::holds_alternative<std::monostate>(right);
    if (!left_known || !right_known) return left_known && !right_known;
    return order.descending ? right < left : left < right;
}

views::SortColumn sort_column(const Request& request, const std::string& page,
                              const Sorting& present, const SortKey& key, views::Sentence title) {
    views::SortColumn column;
    column.title = std::move(title);
    const bool here = present.key == key.name;
    if (here) {
        column.order = present.descending ? views::SortColumn::Order::Descending
                                          : views::SortColumn::Order::Ascending;
    }
    const bool turn = here && present.descending == key.largest_first;
    column.link =
        page_link(request, page, {}, present.parameter, (turn ? "-" : "") + std::string(key.name));
    return column;
}

}  // namespace portal
