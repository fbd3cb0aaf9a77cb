#include "handlers/page/frame.h"

#include "handlers/page/links.h"
#include "handlers/page/siblings.h"

namespace portal {

views::Frame frame_of(const Visit& visit, const Site& site, Instant now, std::string_view whose) {
    const Request& request = visit.request;
    const std::string query = request.raw_query.empty() ? "" : "?" + request.raw_query;
    views::Frame frame;
    frame.language = request.language;
    frame.path = site.base_path + encode_path(request.path) + query;
    frame.viewer = visit.viewer.login.value;
    frame.staff = visit.viewer.staff;
    frame.form_token = visit.form_token;
    frame.module = module_of(request.path);
    if (whose != frame.viewer) frame.whose = whose;
    if (visit.subject) frame.whose = visit.subject->name;
    frame.recorded = site.audit.enabled;
    frame.now = now;
    const auto theme = request.cookies.find("theme");
    if (theme != request.cookies.end()) frame.theme = theme->second;
    frame.request_id = request.id;
    frame.siblings = sibling_links(visit, site);
    return frame;
}

views::Crumb jobs_crumb(const views::Frame& frame, const std::string& owner,
                        const std::string& link) {
    if (owner == frame.viewer) return {views::sentence("My jobs"), link};
    return {views::sentence("Jobs of {0}", {views::text_argument(owner)}), link};
}

}  // namespace portal
