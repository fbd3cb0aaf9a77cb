#include "handlers/usersummary/staff_looks.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "handlers/page/errors.h"

namespace portal::usersummary {
namespace {

constexpr std::uint32_t kLooks = 20;

/// The part of a path after the owner's name: /secure/MODULE/OWNER/...
std::string_view behind_owner(std::string_view path) {
    for (int segments = 0; segments < 4 && !path.empty(); ++segments) {
        const auto slash = path.find('/');
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    }
    return path;
}

/// A page about jobs, by what follows the owner in its path.
views::Sentence jobs_page(std::string_view rest) {
    const std::string_view first = rest.substr(0, rest.find('/'));
    if (first.empty() || first == "jobs.csv") return views::sentence("List of jobs");
    if (first == "waste") return views::sentence("What the jobs wasted");
    if (first == "name") return views::sentence("Runs of one name");
    if (first != "array")
        return views::sentence("Job {0}", {views::text_argument(std::string(first))});
    rest.remove_prefix(std::min(first.size() + 1, rest.size()));
    return views::sentence("Array {0}",
                           {views::text_argument(std::string(rest.substr(0, rest.find('/'))))});
}

/// The name of a page, or its path if its module no longer exists.
views::Sentence page_name(const std::string& path) {
    if (path.starts_with("/secure/jobstats/")) return jobs_page(behind_owner(path));
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
