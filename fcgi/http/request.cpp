#include "fcgi/http/request.h"

#include "fcgi/http/http_error.h"

namespace portal {

std::optional<std::string> Request::parameter(std::string_view name) const {
    return only_value(query, name);
}

std::optional<std::string> only_value(const std::vector<QueryParameter>& values,
                                      std::string_view name) {
    std::optional<std::string> found;
    for (const QueryParameter& candidate : values) {
        if (candidate.name != name) continue;
        if (found) throw HttpError(400, "");
        found = candidate.value;
    }
    return found;
}

}  // namespace portal
