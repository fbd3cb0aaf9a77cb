#include "fcgi/programs/doctor/directory.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "fcgi/programs/doctor/words.h"
#include "handlers/sources/ldap/ldap_directory.h"
#include "handlers/sources/slurm/mysql_slurm_db.h"

namespace portal::doctor {
namespace {

/// People who must be in the directory: some owners of jobs that run. One of them may be a local
/// account.
std::vector<Uid> some_people(const Config& config, const Clock& clock) {
    constexpr std::uint32_t kJobs = 100;
    constexpr std::size_t kPeople = 5;
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

void examine_allocations(const ldap::Person& person, ldap::LdapDirectory& directory,
                         const Config& config, Report& report) {
    const auto found = directory.allocations_of(person.login);
    if (!found.ok()) {
        return report.fail("allocations", "cannot be read, " + why(found.error()));
    }
    if (found.value().empty()) {
        return report.warn("allocations", person.login.value + " is in none that is " +
                                              config.ldap.active_status +
                                              ": see allocation_class, "
                                              "member_attribute and groups_base in [ldap]");
    }
    bool resources = false;
    for (const ldap::Allocation& one : found.value()) {
        resources = resources || one.resources.core_equivalent || one.resources.has_project();
    }
    const std::string text = person.login.value + " is in " + std::to_string(found.value().size()) +
                             " active allocations";
    if (resources) return report.ok("allocations", text);
    report.warn("allocations", text + ", none with resources of " + config.ldap.compute_resource +
                                   " or " + config.ldap.storage_resource +
                                   ": see compute_resource and storage_resource in [ldap]");
}

/// The first of them that is there, or an error.
Result<std::optional<ldap::Person>> find_one(const std::vector<Uid>& people,
                                             ldap::LdapDirectory& directory) {
    for (const Uid uid : people) {
        auto found = directory.by_uid(uid);
        if (!found.ok() || found.value()) return found;
    }
    return std::optional<ldap::Person>{};
}

void examine_people(const std::vector<Uid>& people, const Config& config,
                    ldap::LdapDirectory& directory, Report& report) {
    const auto found = find_one(people, directory);
    if (!found.ok()) {
        return report.fail("ldap", config.ldap.url + " does not answer, " + why(found.error()));
    }
    if (!found.value()) {
        return report.fail("ldap", "of " + std::to_string(people.size()) +
                                       " owners of running jobs none is there, such as uid " +
                                       std::to_string(people.front().value) +
                                       ": see people_base and uid_attribute in [ldap]");
    }
    const ldap::Person& person = *found.value();
    report.ok("ldap", config.ldap.url + " knows uid " + std::to_string(person.uid.value) + " as " +
                          person.login.value);
    examine_allocations(person, directory, config, report);
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
