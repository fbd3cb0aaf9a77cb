#include "handlers/page/page_link.h"

#include <algorithm>

#include "fcgi/base/url.h"

namespace portal {
namespace {

void add(std::string& link, std::string_view name, std::string_view value) {
    link += link.find('?') == std::string::npos ? '?' : '&';
    link += url::encode(name) + '=' + url::encode(value);
}

}  // namespace

std::string page_link(const Request& request, const std::string& page,
                      std::span<const std::string_view> replaced, std::string_view name,
                      std::string_view value) {
    std::string link = page;
    for (const QueryParameter& parameter : request.query) {
        const bool gone =
            std::find(replaced.begin(), replaced.end(), parameter.name) != replaced.end();
        if (!gone && parameter.name != name) add(link, parameter.name, parameter.value);
    }
    if (!value.empty()) add(link, name, value);
    return link;
}

}  // namespace portal
