#include "handlers/access/audit.h"

#include "handlers/page/pages.h"

namespace portal {

std::string page_of(std::string_view path) {
    for (const std::string_view part : {"/graph/", "/value/"}) {
        const auto place = path.rfind(part);
        if (place != std::string_view::npos) path = path.substr(0, place + 1);
    }
    return encode_path(path.substr(0, path.rfind('/') + 1));
}

}  // namespace portal
