#include "handlers/usersummary/staff_looks.h"

#include <string_view>

#include "handlers/page/errors.h"

namespace portal::usersummary {
namespace {

constexpr std::uint32_t kLooks = 20;

/// The part of a path behind the owner's name: /secure/MODULE/OWNER/...
std::string_view behind_owner(std::string_view path) {
    for (int segments = 0; segments < 4 && !path.empty(); ++segments) {
        const auto slash = path.find('/');
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    }
    return path;
}

/// What a page is called; one of a module that is gone by its path.
views::Sentence page_name(const std::string& path) {
    std::string_view rest = behind_owner(path);
    if (path.starts_with("/secure/jobstats/") && !rest.empty()) {
        const std::string job(rest.substr(0, rest.find('/')));
        return views::sentence("Job {0}", {views::text_argument(job)});
    }
    if (path.starts_with("/secure/jobstats/")) return views::sentence("List of jobs");
    if (path.starts_with("/secure/usersummary/")) return views::sentence("Summary");
    if (path.starts_with("/secure/quotas/")) return views::sentence("Quotas");
    return {.id = path};
}

}  // namespace

void fill_looks(views::SummaryPage& page, const Username& owner, Context& context) {
    const AuditSettings& audit = context.site.audit;
    page.shows_looks = audit.enabled && audit.show_viewers && context.site.scripts.enabled;
    if (!page.shows_looks) return;
    const auto views = context.portal_db.views_of(owner, kLooks);
    page.looks_unavailable = !views.ok();
    if (!views.ok()) return log_missing(views.error());
    for (const database::View& view : views.value()) {
        page.looks.push_back({.when = view.when,
                              .viewer = view.viewer.value,
                              .page = page_name(view.page),
                              .link = context.site.base_path + view.page});
    }
}

}  // namespace portal::usersummary
