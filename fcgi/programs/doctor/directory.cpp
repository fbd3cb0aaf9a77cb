#include "fcgi/programs/doctor/directory.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "fcgi/programs/doctor/words.h"
#include "handlers/sources/ldap/ldap_directory.h"
#include "handlers/sources/slurm/mysql_slurm_db.h"

namespace portal::doctor {
namespace {

/// People who must be in the directory: owners of jobs that run. Some may be local accounts.
std::vector<Uid> some_people(const Config& config, const Clock& clock) {
    constexpr std::uint32_t kJobs = 1000;
    constexpr std::size_t kPeople = 50;
    slurm::MysqlSlurmDb database(config.slurm, clock);
    const auto jobs = database.running_in({"", Instant{}, clock.now()}, kJobs);
    std::vector<Uid> people;
    if (!jobs.ok()) return people;
    for (const slurm::Job& job : jobs.value()) {
        const bool known = std::find(people.begin(), people.end(), job.owner) != people.end();
        if (!known && people.size() < kPeople) people.push_back(job.owner);
    }
    return people;
}

/// What the directory has of those people, all together: one of them may be in nothing.
struct Found {
    std::vector<ldap::Person> people;
    std::size_t with_allocation = 0;
    std::size_t with_resources = 0;
};

Result<Found> look_up(const std::vector<Uid>& people, ldap::LdapDirectory& directory) {
    Found found;
    for (const Uid uid : people) {
        const auto person = directory.by_uid(uid);
        if (!person.ok()) return person.error();
        if (!person.value()) continue;
        found.people.push_back(*person.value());
        const auto allocations = directory.allocations_of(person.value()->login);
        if (!allocations.ok()) return allocations.error();
        if (!allocations.value().empty()) ++found.with_allocation;
        const auto& all = allocations.value();
        if (std::any_of(all.begin(), all.end(), [](const ldap::Allocation& one) {
                const ldap::AllocatedResources& has = one.resources;
                return has.core_equivalent || has.gpu_equivalent || has.has_project() ||
                       has.has_nearline();
            })) {
            ++found.with_resources;
        }
    }
    return found;
}

void say_allocations(const Found& found, const Config& config, Report& report) {
    const std::string people =
        "of " + std::to_string(found.people.size()) + " owners of running jobs ";
    const ldap::Settings& settings = config.ldap;
    if (found.with_allocation == 0) {
        return report.warn("allocations", people + "none is in an allocation that is " +
                                              settings.active_status +
                                              ": see allocation_class, member_attribute and "
                                              "groups_base in [ldap]");
    }
    if (found.with_resources == 0) {
        return report.warn("allocations",
                           people + "none has an allocation with resources of " +
                               settings.compute_resource + " or " + settings.storage_resource +
                               ": see compute_resource and storage_resource in [ldap]");
    }
    report.ok("allocations",
              people + std::to_string(found.with_allocation) + " are in active allocations, " +
                  std::to_string(found.with_resources) + " in one with resources of this cluster");
}

void examine_people(const std::vector<Uid>& people, const Config& config,
                    ldap::LdapDirectory& directory, Report& report) {
    const auto found = look_up(people, directory);
    if (!found.ok()) {
        return report.fail("ldap", config.ldap.url + " does not answer, " + why(found.error()));
    }
    if (found.value().people.empty()) {
        return report.fail("ldap", "of " + std::to_string(people.size()) +
                                       " owners of running jobs none is there, such as uid " +
                                       std::to_string(people.front().value) +
                                       ": see people_base and uid_attribute in [ldap]");
    }
    const ldap::Person& person = found.value().people.front();
    report.ok("ldap", config.ldap.url + " knows uid " + std::to_string(person.uid.value) + " as " +
                          person.login.value);
    say_allocations(found.value(), config, report);
}

}  // namespace

void examine_directory(const Config& config, const Clock& clock, Report& report) {
    const std::vector<Uid> people = some_people(config, clock);
    ldap::LdapDirectory directory(config.ldap);
    if (!people.empty()) return examine_people(people, config, directory, report);
    const auto answer = directory.by_uid({0});
    if (!answer.ok()) {
        return report.fail("ldap", config.ldap.url + " does not answer, " + why(answer.error()));
    }
    report.ok("ldap", config.ldap.url + " answers; no job runs, so nobody was looked up");
}

}  // namespace portal::doctor
