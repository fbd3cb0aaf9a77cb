#include "handlers/access/audit.h"

#include <algorithm>
#include <cstddef>

#include "handlers/page/links.h"

namespace portal {

std::string page_of(std::string_view path, std::string_view pattern) {
    // Where the pattern says so: a login or a project may have the name of such a part.
    auto parts = std::count(pattern.begin(), pattern.end(), '/');
    for (const std::string_view part : {"/graph/", "/value/"}) {
        const auto place = pattern.find(part);
        if (place == std::string_view::npos) continue;
        const std::string_view before = pattern.substr(0, place + 1);
        parts = std::count(before.begin(), before.end(), '/');
    }
    std::size_t end = 0;
    for (; parts > 0 && end < path.size(); ++end) {
        if (path[end] == '/') --parts;
    }
    return encode_path(path.substr(0, end));
}

}  // namespace portal
