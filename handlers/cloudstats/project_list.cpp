#include "handlers/cloudstats/project_list.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/membership.h"
#include "handlers/access/person.h"
#include "handlers/access/project_name.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::cloudstats {
namespace {

using promql::Expr;
using promql::Selector;
using views::sentence;

constexpr Seconds kLately = std::chrono::days{7};

/// Totals over the running machines of one project.
struct Totals {
    double running = 0;
    double lately = 0;
    double vcpus = 0;
    double memory = 0;  ///< bytes
};

using Projects = std::map<std::string, Totals>;

/// Names of the projects that the viewer may see; errors only if the directory is asked.
Result<std::vector<std::string>> own_projects(const Viewer& viewer, Context& context) {
    std::vector<std::string> names;
    if (context.site.exporters.cloud.members == CloudExporter::Members::List) {
        for (const auto& [project, members] : context.site.cloud_members) {
            const auto mine = is_project_member(viewer, project, context.site, context.directory);
            if (mine.ok() && mine.value()) names.push_back(project);
        }
        return names;
    }
    const auto allocations = context.directory.allocations_of(settled_login(viewer, context));
    if (!allocations.ok()) return allocations.error();
    for (const ldap::Allocation& one : allocations.value()) names.push_back(one.group);
    return names;
}

/// Suspended by its guest (libvirt's 7): there, as one that is paused.
constexpr metric::Bounds kIsSuspended = {7, 7};

/// `names` empty: all projects.
Expr question(const std::vector<std::string>& names) {
    const auto of = [&](const metric::Metric& metric) {
        Selector selector(metric);
        return names.empty() ? selector : selector.one_of("project_name", names);
    };
    // A machine that moved has two series for a while: each counts once.
    const auto machines = [](const Expr& series) {
        return promql::count_by({"project_name"},
                                promql::count_by({"project_name", "uuid"}, series));
    };
    const auto state = of(metric::kVmState).now();
    const Expr on = promql::either(promql::bounded(state, metric::kVmIsOn),
                                   promql::bounded(state, kIsSuspended));
    // Those that are off may still tell what they have: each that is on is divided by one.
    const Expr one =
        promql::count_by({"project_name", "uuid"}, promql::max_by({"project_name", "uuid"}, on));
    const auto held = [&](const Expr& each) {
        return promql::sum_by({"project_name"},
                              promql::divide_on({"project_name", "uuid"}, each, one));
    };
    const Expr vcpus = promql::count_by(
        {"project_name", "uuid"},
        promql::count_by({"project_name", "uuid", "vcpu"}, of(metric::kVmCpuTime).now()));
    const Expr memory = promql::max_by({"project_name", "uuid"}, of(metric::kVmMemory).now());
    return promql::either({
        promql::tagged("running", machines(on)),
        promql::tagged("lately", machines(of(metric::kVmState).present_over(kLately))),
        promql::tagged("vcpus", held(vcpus)),
        promql::tagged("memory", held(memory)),
    });
}

void take(Totals& totals, std::string_view part, double value) {
    if (part == "running") totals.running = value;
    if (part == "lately") totals.lately = value;
    if (part == "vcpus") totals.vcpus = value;
    if (part == "memory") totals.memory = metric::kVmMemory.base(value);
}

Result<Projects> read_totals(const std::vector<std::string>& names, Context& context) {
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    const auto answer = context.metrics.collect(context.metrics.ask({question(names), now}));
    if (!answer.ok()) return answer.error();
    Projects projects;
    for (const prometheus::Series& series : answer.value().series) {
        const std::string name(series.label("project_name"));
        const double value = series.values.at(0);
        if (!name.empty() && !std::isnan(value)) take(projects[name], series.label("part"), value);
    }
    return projects;
}

views::CloudProjectRow row_of(const std::string& name, const Totals& totals, const Site& site) {
    return {.name = name,
            .link = project_link(site, name),
            .running = totals.running,
            .lately = totals.lately,
            .vcpus = totals.vcpus,
            .memory = totals.memory};
}

/// Projects with running machines first, then by name.
std::vector<views::CloudProjectRow> rows_of(const Projects& projects, const Site& site) {
    std::vector<views::CloudProjectRow> rows;
    for (const auto& [name, totals] : projects) rows.push_back(row_of(name, totals, site));
    std::stable_partition(rows.begin(), rows.end(), [](const views::CloudProjectRow& row) {
        return number(row.running).value_or(0) > 0;
    });
    return rows;
}

views::CloudListPage blank_page(const Visit& visit, Context& context) {
    views::CloudListPage page;
    page.frame = frame_of(visit, context.site, context.clock.now(), "");
    page.all = visit.viewer.staff;
    return page;
}

Response list_for_staff(const Visit& visit, Context& context) {
    const auto totals = read_totals({}, context);
    if (!totals.ok()) return source_missing_page(visit, context, totals.error());
    views::CloudListPage page = blank_page(visit, context);
    page.projects = rows_of(totals.value(), context.site);
    return context.views.render(page);
}

/// The names come from another source, so the list stays without measurements.
void fill_without_totals(views::CloudListPage& page, const std::vector<std::string>& names,
                         const SourceError& error, const Site& site) {
    log_missing(error);
    const Unavailable away{error.source};
    for (const std::string& name : names) {
        page.projects.push_back({name, project_link(site, name), away, away, away, away});
    }
    page.notices = {{views::Notice::Weight::Warning,
                     {},
                     sentence("Measurements are not available: what the instances use is missing "
                              "from this page."),
                     {}}};
}

Response list_for_member(const Visit& visit, Context& context) {
    const auto names = own_projects(visit.viewer, context);
    if (!names.ok()) return source_missing_page(visit, context, names.error());
    views::CloudListPage page = blank_page(visit, context);
    if (names.value().empty()) return context.views.render(page);
    const auto totals = read_totals(names.value(), context);
    if (totals.ok()) {
        Projects projects;
        for (const std::string& name : names.value()) projects[name];
        for (const auto& [name, one] : totals.value()) projects[name] = one;
        page.projects = rows_of(projects, context.site);
    } else {
        fill_without_totals(page, names.value(), totals.error(), context.site);
    }
    return context.views.render(page);
}

}  // namespace

std::string project_link(const Site& site, const std::string& project) {
    if (!is_project_name(project)) return {};
    return site.base_path + "/secure/cloudstats/project/" + url::encode(project) + "/";
}

Response project_list(const Visit& visit, Context& context) {
    if (!context.site.exporters.cloud.enabled) throw HttpError(404, "");
    if (visit.viewer.staff) return list_for_staff(visit, context);
    return list_for_member(visit, context);
}

}  // namespace portal::cloudstats
