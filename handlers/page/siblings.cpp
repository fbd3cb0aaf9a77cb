#include "handlers/page/siblings.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "fcgi/base/text.h"
#include "handlers/modules.h"
#include "handlers/page/links.h"

namespace portal {
namespace {

constexpr std::uint64_t kLongestDelta = (366 * kDay).count();

/// The longest shared page that the route begins with; the home page for a request without a
/// route.
std::string_view shared_part(std::string_view route) {
    std::string_view longest = "/";
    for (const Module& module : all_modules()) {
        for (const std::string_view one : module.shared) {
            if (route.starts_with(one) && one.size() > longest.size()) longest = one;
        }
    }
    return longest;
}

/// As much of the path as there is of its route.
std::string_view beginning(std::string_view path, std::string_view route) {
    std::size_t end = 0;
    for (auto slashes = std::count(route.begin(), route.end(), '/'); slashes > 0; --slashes) {
        end = path.find('/', end) + 1;
    }
    return path.substr(0, end);
}

/// The length of the time range, if the address gives one by its length.
std::string range_query(const Request& request) {
    for (const QueryParameter& one : request.query) {
        const bool length = one.name == "delta" && text::parse_unsigned(one.value, kLongestDelta);
        if (length) return "?delta=" + one.value;
    }
    return {};
}

}  // namespace

std::vector<views::SiblingLink> sibling_links(const Visit& visit, const Site& site) {
    const std::string_view shared = shared_part(visit.route);
    std::string page = encode_path(beginning(visit.request.path, shared));
    if (visit.route == shared) page += range_query(visit.request);
    const std::string module = module_of(visit.request.path);
    std::vector<views::SiblingLink> links;
    for (const Sibling& sibling : site.siblings) {
        const auto& shown = sibling.modules;
        const bool has = std::find(shown.begin(), shown.end(), module) != shown.end();
        links.push_back({sibling.title.in(visit.request.language),
                         sibling.url + (module.empty() || has ? page : "/")});
    }
    return links;
}

}  // namespace portal
