#include <optional>

#include "fcgi/doctor/parts.h"
#include "handlers/sources/ldap/ldap_directory.h"
#include "handlers/sources/slurm/mysql_slurm_db.h"

namespace portal::doctor {
namespace {

/// Somebody who must be in the directory: the owner of a job that runs.
std::optional<Uid> anybody(const Config& config, const Clock& clock) {
    slurm::MysqlSlurmDb database(config.slurm, clock);
    database.start_request(Deadline::in(config.slurm.timeout));
    const auto jobs = database.running_in({"", Instant{}, clock.now()}, 1);
    if (!jobs.ok() || jobs.value().empty()) return std::nullopt;
    return jobs.value().front().owner;
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

void examine_person(Uid uid, const Config& config, ldap::LdapDirectory& directory, Report& report) {
    const auto found = directory.by_uid(uid);
    const std::string number = std::to_string(uid.value);
    if (!found.ok()) {
        return report.fail("ldap", config.ldap.url + " does not answer, " + why(found.error()));
    }
    if (!found.value()) {
        return report.fail("ldap", "the owner of a running job, uid " + number +
                                       ", is not there: see people_base and uid_attribute in "
                                       "[ldap]");
    }
    report.ok("ldap",
              config.ldap.url + " knows uid " + number + " as " + found.value()->login.value);
    examine_allocations(*found.value(), directory, config, report);
}

}  // namespace

void examine_directory(const Config& config, const Clock& clock, Report& report) {
    ldap::LdapDirectory directory(config.ldap);
    directory.start_request(Deadline::in(config.ldap.timeout * 2));
    if (const auto uid = anybody(config, clock)) {
        return examine_person(*uid, config, directory, report);
    }
    const auto answer = directory.by_uid({0});
    if (!answer.ok()) {
        return report.fail("ldap", config.ldap.url + " does not answer, " + why(answer.error()));
    }
    report.ok("ldap", config.ldap.url + " answers; no job runs, so nobody was looked up");
}

}  // namespace portal::doctor
