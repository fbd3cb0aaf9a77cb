#include "handlers/page/links.h"

#include "fcgi/base/url.h"

namespace portal {

std::string module_link(const Site& site, std::string_view module, std::string_view owner) {
    return site.base_path + "/secure/" + std::string(module) + "/" + url::encode(owner) + "/";
}

std::string module_of(std::string_view path) {
    constexpr std::string_view kSecure = "/secure/";
    if (!path.starts_with(kSecure)) return {};
    path.remove_prefix(kSecure.size());
    return std::string(path.substr(0, path.find('/')));
}

std::string encode_path(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        const auto slash = path.find('/');
        out += url::encode(path.substr(0, slash));
        if (slash == std::string_view::npos) break;
        out += '/';
        path.remove_prefix(slash + 1);
    }
    return out;
}

Response own_page(const Visit& visit, Context& context) {
    return redirect(
        302, module_link(context.site, module_of(visit.request.path), visit.viewer.login.value));
}

Response redirect(int status, const std::string& location) {
    Response response;
    response.status = status;
    response.headers.emplace_back("Location", location);
    response.headers.emplace_back("Cache-Control", "private, no-cache");
    return response;
}

}  // namespace portal
