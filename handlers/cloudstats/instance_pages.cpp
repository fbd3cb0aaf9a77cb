#include "handlers/cloudstats/instance_pages.h"

#include <algorithm>

#include "fcgi/http/http_error.h"
#include "handlers/access/project_name.h"
#include "handlers/cloudstats/graphs.h"
#include "handlers/cloudstats/project_list.h"
#include "handlers/graphs/charts.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/page_link.h"

namespace portal::cloudstats {
namespace {

using views::sentence;

/// Used and available; there are no limits by which machines are judged, but none uses more than it
/// has.
views::UseRow use_row(const std::optional<double>& all, const std::optional<double>& used) {
    views::UseRow row{reading(all), reading(used), {reading(used), views::Grade::Unknown}};
    if (used) row.share.value = all.value_or(0) > 0 ? reading(*used / *all) : NoData{};
    if (number(row.share.value).value_or(0) > kAll) row.share.grade = views::Grade::Odd;
    return row;
}

views::InstanceState state_of(const Instance& instance) {
    if (!instance.runs) return views::InstanceState::Stopped;
    return instance.paused ? views::InstanceState::Paused : views::InstanceState::Running;
}

/// Keeps the query of the address, and with it the range of time.
views::InstanceRow row_of(const Instance& instance, const Request& request,
                          const std::string& project) {
    views::InstanceRow row;
    row.name = instance.name.empty() ? instance.uuid : instance.name;
    row.flavor = instance.flavor;
    row.uuid = instance.uuid;
    if (is_uuid(instance.uuid)) {
        row.link = page_link(request, project + instance.uuid + "/", {}, "", "");
    }
    row.state = state_of(instance);
    if (!instance.runs) row.stopped = instance.last_seen;
    row.vcpus = use_row(instance.vcpus, instance.used_vcpus);
    row.memory = use_row(instance.memory, instance.used_memory);
    return row;
}

std::vector<views::ChartRef> charts(const std::string& page, const Site& site) {
    std::vector<views::ChartRef> shown;
    for (const graph::Family<Which>& family : cloud_graphs().families) {
        for (auto& chart : charts_of(family, page, "", site)) shown.push_back(std::move(chart));
    }
    return shown;
}

views::Crumb projects_crumb(const Site& site) {
    return {sentence("Cloud"), site.base_path + "/secure/cloudstats/"};
}

}  // namespace

Which which_of(const Visit& visit, const Site& site) {
    if (!site.exporters.cloud.enabled) throw HttpError(404, "");
    return {visit.captures.project, visit.captures.instance};
}

Response project_page(const Visit& visit, Context& context) {
    const Site& site = context.site;
    const Which which = which_of(visit, site);
    const TimeRange range = page_range(visit.request, context.clock.now(), kCloudRanges);
    const auto instances = read_instances(which, range, range.length(), context);
    if (!instances.ok()) return source_missing_page(visit, context, instances.error());

    views::CloudProjectPage page;
    page.frame = frame_of(visit, site, context.clock.now(), "");
    page.frame.crumbs = {projects_crumb(site),
                         {sentence("Project {0}", {views::text_argument(which.project)}), {}}};
    page.project = which.project;
    const std::string base = project_link(site, which.project);
    for (const Instance& one : instances.value()) {
        page.instances.push_back(row_of(one, visit.request, base));
    }
    std::stable_partition(page.instances.begin(), page.instances.end(), [](const auto& row) {
        return row.state != views::InstanceState::Stopped;
    });
    page.ranges = range_choices(visit.request, base, kCloudRanges);
    page.charts = charts(base, site);
    return context.views.render(page);
}

Response instance_page(const Visit& visit, Context& context) {
    const Site& site = context.site;
    const Which which = which_of(visit, site);
    const TimeRange range = page_range(visit.request, context.clock.now(), kCloudRanges);
    const auto found = read_instances(which, range, kCloudRanges.longest, context);
    if (!found.ok()) return source_missing_page(visit, context, found.error());
    if (found.value().empty()) throw HttpError(404, "");

    views::CloudInstancePage page;
    const std::string project = project_link(site, which.project);
    page.frame = frame_of(visit, site, context.clock.now(), "");
    page.instance = row_of(found.value().front(), visit.request, project);
    page.frame.crumbs = {
        projects_crumb(site),
        {sentence("Project {0}", {views::text_argument(which.project)}),
         page_link(visit.request, project, {}, "", "")},
        {sentence("Instance {0}", {views::text_argument(page.instance.name)}), {}}};
    page.project = which.project;
    const std::string base = project + which.uuid + "/";
    page.ranges = range_choices(visit.request, base, kCloudRanges);
    page.charts = charts(base, site);
    return context.views.render(page);
}

}  // namespace portal::cloudstats
