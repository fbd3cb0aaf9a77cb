#include "handlers/quotas/quotas_page.h"

#include <algorithm>
#include <set>

#include "fcgi/base/log.h"
#include "handlers/access/person.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"
#include "handlers/quotas/growth.h"
#include "handlers/quotas/owners.h"

namespace portal::quotas {
namespace {

using robinhood::GroupUse;
using robinhood::GroupUses;
using Storage = database::HeldBy::Storage;
using Weight = views::Notice::Weight;

/// One file system with what its database said of the groups.
struct FileSystem {
    const RobinhoodName& name;
    Result<GroupUses> uses;
    GroupGrowth growth;

    /// What a group has there; nullptr if that is not known.
    [[nodiscard]] const GroupUse* of(const std::string& group) const {
        if (!uses.ok()) return nullptr;
        const auto found = std::find_if(uses.value().begin(), uses.value().end(),
                                        [&](const GroupUse& use) { return use.group == group; });
        return found == uses.value().end() ? nullptr : &*found;
    }
};

using FileSystems = std::vector<FileSystem>;

bool has_project(const ldap::Allocation& allocation) {
    return allocation.resources.has_project();
}

bool has_nearline(const ldap::Allocation& allocation) {
    return allocation.resources.has_nearline();
}

bool holds_projects(const FileSystem& there) {
    return there.name.project;
}

bool holds_nearline(const FileSystem& there) {
    return there.name.nearline;
}

/// Asks each database once, for the groups that may have something there.
FileSystems read(const std::vector<ldap::Allocation>& allocations, Context& context) {
    std::vector<robinhood::Wanted> wanted;
    for (const RobinhoodName& name : context.site.robinhood) {
        wanted.push_back({name.name, {}});
        for (const ldap::Allocation& one : allocations) {
            const bool may =
                (name.project && has_project(one)) || (name.nearline && has_nearline(one));
            if (may) wanted.back().groups.push_back(one.group);
        }
    }
    auto answers = context.storage.use_of(wanted);
    const auto copies = recent_copies(context);
    FileSystems all;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i].ok()) log_missing(answers[i].error());
        const RobinhoodName& name = context.site.robinhood[i];
        all.push_back(
            {name, std::move(answers[i]), GroupGrowth(name, wanted[i].groups, copies, context)});
    }
    return all;
}

std::optional<double> limit_of(const std::optional<Bytes>& bytes) {
    if (!bytes) return std::nullopt;
    return static_cast<double>(bytes->count);
}

views::QuotaLine line_of(std::uint64_t used, std::optional<double> limit) {
    return {.used = static_cast<double>(used), .limit = limit, .none = {}};
}

/// A quota without its numbers: unavailable, until they are filled in.
views::Quota quota_on(const FileSystem& there, const ldap::Allocation& allocation,
                      Language language) {
    views::Quota quota;
    quota.title = allocation.group;
    quota.place = there.name.title.in(language);
    quota.away = "Robinhood (" + there.name.name + ")";
    quota.bytes.used = quota.files.used = Unavailable{SourceId::Robinhood};
    return quota;
}

/// One of a kind of quotas, named but without its numbers.
template <class Kind>
Kind named_on(const FileSystem& there, const ldap::Allocation& allocation, std::string_view kind,
              Language language) {
    Kind quota;
    quota.id = std::string(kind) + "-" + there.name.name + "-" + allocation.group;
    quota.quota = quota_on(there, allocation, language);
    return quota;
}

views::ProjectQuota project_on(const FileSystem& there, const ldap::Allocation& allocation,
                               const OwnerOrder& order) {
    auto project =
        named_on<views::ProjectQuota>(there, allocation, "project", order.request.language);
    const GroupUse* const use = there.of(allocation.group);
    if (use == nullptr) return project;
    const robinhood::Amount& total = use->project.total;
    const ldap::AllocatedResources& given = allocation.resources;
    project.quota.bytes = line_of(total.bytes.count, limit_of(given.project_storage));
    project.quota.files = line_of(total.inodes, given.project_inodes);
    there.growth.fill(project.quota, allocation.group, Storage::Project);
    fill_owners(project, *use, order);
    return project;
}

views::NearlineQuota nearline_on(const FileSystem& there, const ldap::Allocation& allocation,
                                 const OwnerOrder& order) {
    auto store =
        named_on<views::NearlineQuota>(there, allocation, "nearline", order.request.language);
    const GroupUse* const use = there.of(allocation.group);
    if (use == nullptr) return store;
    const robinhood::Amount& disk = use->disk.total;
    const robinhood::Amount& tape = use->tape.total;
    store.quota.bytes = line_of(disk.bytes.count + tape.bytes.count,
                                limit_of(allocation.resources.nearline_storage));
    store.quota.files = line_of(disk.inodes + tape.inodes, std::nullopt);
    there.growth.fill(store.quota, allocation.group, Storage::Nearline);
    store.disk_bytes = static_cast<double>(disk.bytes.count);
    store.tape_bytes = static_cast<double>(tape.bytes.count);
    store.disk_files = static_cast<double>(disk.inodes);
    store.tape_files = static_cast<double>(tape.inodes);
    fill_owners(store, *use, order);
    return store;
}

bool is_empty(const views::Quota& quota) {
    const auto* bytes = std::get_if<double>(&quota.bytes.used);
    const auto* files = std::get_if<double>(&quota.files.used);
    return bytes != nullptr && files != nullptr && *bytes == 0 && *files == 0;
}

/// The quotas of an allocation, one for each file system that has some of it or does not answer;
/// if none has, the first says so.
template <class Kind>
void keep_used(std::vector<Kind> of_allocation, std::vector<Kind>& all) {
    const auto has_some = [](const Kind& one) {
        return !is_empty(one.quota) || !one.owners.empty();
    };
    const bool used = std::any_of(of_allocation.begin(), of_allocation.end(), has_some);
    if (!used && !of_allocation.empty()) of_allocation.resize(1);
    for (Kind& one : of_allocation) {
        if (!used || has_some(one)) all.push_back(std::move(one));
    }
}

template <class Kind>
void fullest_first(std::vector<Kind>& all) {
    std::stable_sort(all.begin(), all.end(), [](const Kind& left, const Kind& right) {
        return views::fullness(left.quota) > views::fullness(right.quota);
    });
}

/// Makes the quotas of one kind for all allocations.
template <class Kind>
std::vector<Kind> quotas_of(const std::vector<ldap::Allocation>& allocations,
                            const FileSystems& file_systems, const OwnerOrder& order,
                            bool (*given)(const ldap::Allocation&), bool (*held)(const FileSystem&),
                            Kind (*make)(const FileSystem&, const ldap::Allocation&,
                                         const OwnerOrder&)) {
    std::vector<Kind> all;
    for (const ldap::Allocation& allocation : allocations) {
        if (!given(allocation)) continue;
        std::vector<Kind> of_allocation;
        for (const FileSystem& there : file_systems) {
            if (held(there)) of_allocation.push_back(make(there, allocation, order));
        }
        keep_used(std::move(of_allocation), all);
    }
    fullest_first(all);
    return all;
}

/// Why a file system is without numbers.
views::Sentence missing_sentence(const SourceError& error, std::string title) {
    std::vector<views::Argument> where = {views::text_argument(std::move(title))};
    return error.fault == Fault::Malformed
               ? views::sentence(
                     "No data for {0}: the portal cannot read what its database holds. "
                     "The people who run the portal can see why.",
                     std::move(where))
               : views::sentence("No data for {0} at the moment: its database is not answering.",
                                 std::move(where));
}

/// Says of a part whose total leaves somebody out.
void tell_left_out(views::QuotasPage& page, const GroupUse& use, const robinhood::Part& part,
                   const std::string& title) {
    if (part.left_out.empty()) return;
    std::string names;
    for (const std::string& user : part.left_out) {
        names.append(names.empty() ? "" : ", ").append(user);
    }
    page.notices.push_back(
        {Weight::Warning,
         {},
         views::sentence("The total of {0} on {1} is incomplete: the database holds an impossible "
                         "number for {2}.",
                         {views::text_argument(use.group), views::text_argument(title),
                          views::text_argument(std::move(names))}),
         {}});
}

void tell_left_out(views::QuotasPage& page, const FileSystem& there, Language language) {
    const std::string& title = there.name.title.in(language);
    for (const GroupUse& use : there.uses.value()) {
        if (there.name.project) tell_left_out(page, use, use.project, title);
        if (!there.name.nearline) continue;
        tell_left_out(page, use, use.disk, title);
        tell_left_out(page, use, use.tape, title);
    }
}

void fill_notices(views::QuotasPage& page, const FileSystems& file_systems, Language language) {
    for (const FileSystem& there : file_systems) {
        if (there.uses.ok()) {
            tell_left_out(page, there, language);
            continue;
        }
        page.notices.push_back({Weight::Warning,
                                {},
                                missing_sentence(there.uses.error(), there.name.title.in(language)),
                                {}});
    }
}

bool none_answered(const FileSystems& file_systems) {
    return !file_systems.empty() &&
           std::none_of(file_systems.begin(), file_systems.end(),
                        [](const FileSystem& there) { return there.uses.ok(); });
}

}  // namespace

Response quotas_page(const Visit& visit, Context& context) {
    const Username owner = visit.captures.username;
    const OwnerOrder order =
        owner_order(visit.request, module_link(context.site, "quotas", owner.value));
    const auto uid = uid_of(visit, context);
    if (!uid.ok()) return source_missing_page(visit, context, uid.error());
    const auto allocations = context.directory.allocations_of(owner);
    if (!allocations.ok()) return source_missing_page(visit, context, allocations.error());
    const FileSystems file_systems = read(allocations.value(), context);
    views::QuotasPage page;
    page.frame = frame_of(visit, context.site, context.clock.now(), owner.value);
    page.owner = owner.value;
    page.projects = quotas_of<views::ProjectQuota>(allocations.value(), file_systems, order,
                                                   &has_project, &holds_projects, &project_on);
    page.nearline = quotas_of<views::NearlineQuota>(allocations.value(), file_systems, order,
                                                    &has_nearline, &holds_nearline, &nearline_on);
    fill_notices(page, file_systems, visit.request.language);
    Response response = context.views.render(page);
    if (none_answered(file_systems)) become_unavailable(response);
    return response;
}

}  // namespace portal::quotas
