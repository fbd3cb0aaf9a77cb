#include "handlers/top/compute_page.h"

#include <algorithm>
#include <array>

#include "fcgi/base/login.h"
#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/top/columns.h"
#include "handlers/top/days_page.h"
#include "handlers/top/user_uses.h"
#include "handlers/top/way.h"

namespace portal::top {
namespace {

using views::Grade;
using views::sentence;

constexpr std::string_view kGpuSort = "gpu_sort";

using Use = Column<UserUse>;

std::optional<double> difference(const std::optional<double>& all,
                                 const std::optional<double>& part) {
    if (!all || !part) return std::nullopt;
    return *all - *part;
}

/// Processes may use more cores than were allocated, and counts may be wrong: that is no waste
/// below zero.
std::optional<double> wasted(const std::optional<double>& all, const std::optional<double>& used) {
    const auto rest = difference(all, used);
    return rest ? std::optional(std::max(*rest, 0.0)) : std::nullopt;
}

std::optional<double> wasted_cores(const UserUse& use) {
    return wasted(use.cores, use.used_cores);
}

/// Those that tell their use: the others neither work nor waste.
std::optional<double> measured_gpus(const UserUse& use) {
    return wasted(use.gpus, use.unmeasured_gpus.value_or(0));
}

std::optional<double> wasted_gpus(const UserUse& use) {
    return wasted(measured_gpus(use), use.used_gpus);
}

/// Of jobs that have a limit: what the others use is no share of it.
std::optional<double> limited_memory(const UserUse& use) {
    return wasted(use.max_memory, use.unlimited.value_or(0));
}

constexpr Use kUser = {{"user", false},
                       views::mark("User"),
                       [](const UserUse& use) { return SortValue(use.user); },
                       false};

constexpr std::array kCoreColumns = {
    Use{{"wasted"},
        views::mark("Wasted cores"),
        [](const UserUse& use) { return by(wasted_cores(use)); }},
    kUser,
    Use{{"cores"},
        views::mark("Allocated cores"),
        [](const UserUse& use) { return by(use.cores); }},
    Use{{"used"}, views::mark("Used cores"), [](const UserUse& use) { return by(use.used_cores); }},
    Use{{"share", false},
        views::mark("Share of cores used"),
        [](const UserUse& use) { return by_share(use.used_cores, use.cores); },
        false},
    Use{{"memory"},
        views::mark("Allocated memory"),
        [](const UserUse& use) { return by(use.memory); }},
    Use{{"max_memory"},
        views::mark("Highest use of memory"),
        [](const UserUse& use) { return by(use.max_memory); }},
    Use{{"memory_share", false},
        views::mark("Share of memory used"),
        [](const UserUse& use) { return by_share(limited_memory(use), use.memory); },
        false},
};

constexpr std::array kGpuColumns = {
    Use{{"wasted"},
        views::mark("Wasted GPUs"),
        [](const UserUse& use) { return by(wasted_gpus(use)); }},
    kUser,
    Use{{"gpus"}, views::mark("Allocated GPUs"), [](const UserUse& use) { return by(use.gpus); }},
    Use{{"used"},
        views::mark("Busy GPUs (equivalent)"),
        [](const UserUse& use) { return by(use.used_gpus); }},
    Use{{"busy"}, views::mark("Active GPUs"), [](const UserUse& use) { return by(use.busy_gpus); }},
};

/// The part of a login that is searched for; throws HttpError 400 if it cannot be one.
std::string wanted_user(const Request& request) {
    const std::string given = request.parameter("user").value_or("");
    const std::string_view wanted = text::trim(given);
    if (!wanted.empty() && !parse_username(wanted)) {
        throw HttpError(400, sentence("This cannot be the beginning of a login.").id);
    }
    return std::string(wanted);
}

std::vector<UserUse> narrowed(const std::vector<UserUse>& uses, const std::string& wanted,
                              bool (*holds)(const UserUse&)) {
    std::vector<UserUse> left;
    std::copy_if(uses.begin(), uses.end(), std::back_inserter(left), [&](const UserUse& use) {
        return same_login(std::string_view(use.user).substr(0, wanted.size()), wanted) &&
               holds(use);
    });
    return left;
}

/// The name is the first column, though the usual order is by waste.
std::vector<views::SortColumn> name_first(std::vector<views::SortColumn> columns) {
    std::swap(columns.at(0), columns.at(1));
    return columns;
}

views::TopUser user_of(const UserUse& use, const Site& site) {
    const bool login = parse_username(use.user).has_value();
    return {use.user, login ? user_link(site, use.user) : ""};
}

views::TopCoreRow core_row(const UserUse& use, const Site& site) {
    views::TopCoreRow row;
    row.user = user_of(use, site);
    row.cores = reading(use.cores);
    row.used_cores = reading(use.used_cores);
    row.wasted_cores = reading(wasted_cores(use));
    row.cores_share = judged("cores", row.used_cores, use.cores.value_or(0), site);
    row.memory = reading(use.memory);
    row.max_memory = reading(use.max_memory);
    row.memory_share = judged("memory", reading(limited_memory(use)), use.memory.value_or(0), site);
    const bool small = use.memory.value_or(0) < site.top.memory_least_gib * kGibibyte;
    if (small && row.memory_share.grade != Grade::Odd) {
        row.memory_share.grade = Grade::Unknown;
    }
    return row;
}

Grade busy_grade(const UserUse& use) {
    const double measured = measured_gpus(use).value_or(0);
    if (!use.busy_gpus || measured <= 0) return Grade::Unknown;
    if (std::max(*use.busy_gpus, use.used_gpus.value_or(0)) > measured * kAll) return Grade::Odd;
    if (*use.busy_gpus <= 0) return Grade::Poor;
    if (*use.busy_gpus < measured) return Grade::Fair;
    return measured < *use.gpus ? Grade::Unknown : Grade::Good;
}

views::TopGpuRow gpu_row(const UserUse& use, const Site& site) {
    const Grade grade = busy_grade(use);
    return {.user = user_of(use, site),
            .gpus = reading(use.gpus),
            .used = reading(use.used_gpus),
            .wasted = reading(wasted_gpus(use)),
            .busy = reading(use.busy_gpus),
            .used_grade = grade == Grade::Poor || grade == Grade::Odd ? grade : Grade::Unknown,
            .busy_grade = grade};
}

views::Sentence more_users(std::size_t count, const Site& site) {
    if (count <= site.top.users) return {};
    return views::plural_sentence("{0} more user is not shown.", "{0} more users are not shown.",
                                  count - site.top.users);
}

template <class Row>
views::TopTable<Row> table_of(std::vector<UserUse> uses, const Order<UserUse>& order,
                              const Site& site, Row (*row)(const UserUse&, const Site&)) {
    put_in_order(uses, order);
    views::TopTable<Row> table;
    table.more = more_users(uses.size(), site);
    uses.resize(std::min<std::size_t>(uses.size(), site.top.users));
    for (const UserUse& use : uses) table.rows.push_back(row(use, site));
    return table;
}

bool holds_cores(const UserUse& use) {
    return use.cores || use.used_cores || use.memory || use.max_memory;
}

bool holds_gpus(const UserUse& use) {
    return use.gpus || use.used_gpus || use.busy_gpus;
}

/// The parts of what is shown that are in no share.
void tell_open(views::TopComputePage& page, const std::vector<UserUse>& uses) {
    double bytes = 0;
    double gpus = 0;
    for (const UserUse& use : uses) {
        bytes += use.unlimited.value_or(0);
        gpus += use.unmeasured_gpus.value_or(0);
    }
    if (bytes > 0) {
        page.cores.open = sentence(
            "Jobs without a limit use {0} of memory: it counts in no share of memory used.",
            {views::bytes_argument(bytes)});
    }
    if (gpus > 0) {
        page.gpus.open = views::plural_sentence(
            "The use of {0} GPU is not known: it counts neither as used nor as wasted.",
            "The use of {0} GPUs is not known: they count neither as used nor as wasted.",
            static_cast<std::uint64_t>(gpus));
    }
}

}  // namespace

Response compute_page(const Visit& visit, Context& context) {
    const Site& site = context.site;
    if (!site.exporters.job.enabled) throw HttpError(404, "");
    const std::string wanted = wanted_user(visit.request);
    const auto cores = order_of<UserUse>(visit.request, kCoreColumns);
    const auto gpus = order_of<UserUse>(visit.request, kGpuColumns, kGpuSort);
    const auto uses = read_user_uses(context);
    if (!uses.ok()) return source_missing_page(visit, context, uses.error());

    views::TopComputePage page;
    page.frame = frame_below_top(visit, context, compute_title());
    page.base = top_link(site) + "compute/";
    page.ranges = period_choices(visit.request, site, true);
    page.wanted = wanted;
    for (const std::string_view name : {std::string_view{"sort"}, kGpuSort}) {
        if (const auto kept = visit.request.parameter(name)) {
            page.kept.emplace_back(std::string(name), *kept);
        }
    }
    page.cores = table_of(narrowed(uses.value(), wanted, &holds_cores), cores, site, &core_row);
    page.cores.columns = name_first(heads(visit.request, page.base, cores));
    page.gpus = table_of(narrowed(uses.value(), wanted, &holds_gpus), gpus, site, &gpu_row);
    page.gpus.columns = name_first(heads(visit.request, page.base, gpus));
    tell_open(page, narrowed(uses.value(), wanted, [](const UserUse&) { return true; }));
    return context.views.render(page);
}

}  // namespace portal::top
