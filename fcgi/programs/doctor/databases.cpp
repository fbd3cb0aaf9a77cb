#include "fcgi/programs/doctor/databases.h"

#include <algorithm>
#include <chrono>

#include "fcgi/programs/doctor/server.h"
#include "fcgi/programs/doctor/words.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/own/admin_db.h"
#include "handlers/sources/own/mariadb_portal_db.h"
#include "handlers/sources/own/summaries/task_db.h"
#include "handlers/sources/robinhood/mysql_storage.h"
#include "handlers/sources/slurm/mysql_slurm_db.h"

namespace portal::doctor {
namespace {

/// Where the package puts the grants.
constexpr const char* kGrants = "/usr/share/userportal/sql/";
/// Seconds that a task of the background service may be behind.
constexpr std::uint64_t kFarBehind = 6 * 3600;

/// A database and the account for it.
struct Server {
    std::string subject;
    sql::SessionSettings settings;
    SourceId source;
    std::vector<Privilege> wanted;
    std::vector<Privilege> allowed;  ///< what else is no surprise
    std::string grants;              ///< the file that gives what is wanted
};

std::vector<Privilege> slurm_needs(const slurm::Settings& settings) {
    std::vector<Privilege> needs;
    for (const char* table : {"job_table", "step_table", "assoc_table", "suspend_table"}) {
        needs.push_back({settings.database + "." + settings.cluster + "_" + table, "select"});
    }
    for (const char* table :
         {"tres_table", "qos_table", "cluster_table", "convert_version_table"}) {
        needs.push_back({settings.database + "." + table, "select"});
    }
    return needs;
}

std::vector<Privilege> robinhood_needs(const robinhood::Settings& settings) {
    return {{settings.database + ".ACCT_STAT", "select"}};
}

std::vector<Privilege> own_needs(const database::Settings& settings) {
    std::vector<Privilege> needs;
    const auto add = [&](const char* place, std::initializer_list<const char*> names) {
        for (const char* name : names) {
            needs.push_back({settings.database + "." + place, name});
        }
    };
    add("job_script", {"select", "insert", "update", "delete"});
    add("api_token", {"select"});
    add("api_token.last_used", {"update"});
    add("audit_view", {"select", "insert"});
    add("schema_version", {"select"});
    add("job_summary", {"select", "insert", "delete"});
    add("job_day", {"select", "insert", "delete"});
    add("job_day_due", {"select", "insert", "update", "delete"});
    add("storage_copy", {"select", "insert", "delete"});
    add("storage_day", {"select", "insert", "delete"});
    add("task", {"select", "insert", "delete"});
    add("lease", {"select", "insert", "update"});
    return needs;
}

/// What one account for all of the site's databases may do. Only newer releases of Slurm have a
/// table of scripts, so it may be granted but need not.
std::vector<Privilege> needs_of_all(const Config& config) {
    std::vector<Privilege> all = slurm_needs(config.slurm);
    all.push_back(
        {config.slurm.database + "." + config.slurm.cluster + "_job_script_table", "select"});
    const auto add = [&](const std::vector<Privilege>& more) {
        all.insert(all.end(), more.begin(), more.end());
    };
    for (const robinhood::Settings& settings : config.robinhood) add(robinhood_needs(settings));
    if (!config.database.host.empty()) add(own_needs(config.database));
    return all;
}

void say_clock(const Server& server, Instant now, const Clock& clock, Report& report) {
    const Seconds ahead = now - clock.now();
    if (std::chrono::abs(ahead) <= kClockSlack) return;
    report.warn("clock of " + server.subject, lasting(std::chrono::abs(ahead)) +
                                                  (ahead > Seconds{0} ? " ahead of" : " behind") +
                                                  " this machine's");
}

void say_grants(const Server& server, const std::vector<Privilege>& all, Report& report) {
    std::string missing;
    for (const Privilege& one : server.wanted) {
        if (allows(all, one)) continue;
        missing.append(missing.empty() ? "" : ", ").append(one.name).append(" on ");
        missing.append(one.place);
    }
    const std::string wider = wider_than(all, server.allowed);
    const std::string subject = "grants of " + server.subject;
    const std::string file = std::string(kGrants) + server.grants;
    if (!missing.empty()) return report.fail(subject, "missing: " + missing + "; run " + file);
    if (wider.empty()) return report.ok(subject, "as narrow as they should be");
    report.warn(subject,
                "more than the portal needs: " + wider + "; " + file + " has what is enough");
}

/// Its facts; empty if it does not answer, which is then said.
std::optional<ServerFacts> examine_server(const Server& server, const Clock& clock,
                                          Report& report) {
    sql::Session session(server.settings, server.source);
    const auto facts = facts_of(session);
    const std::string place = server.settings.host + ":" + std::to_string(server.settings.port) +
                              ", database " + server.settings.database;
    if (!facts.ok()) {
        report.fail(server.subject, place + " does not answer, " + why(facts.error()));
        return std::nullopt;
    }
    const std::string secret = server.settings.tls_ca_file.empty() ? "" : ", over TLS";
    report.ok(server.subject, place + ", version " + facts.value().version + secret);
    say_clock(server, facts.value().now, clock, report);
    const auto privileges = privileges_of(session);
    if (privileges.ok()) {
        say_grants(server, privileges.value(), report);
    } else {
        report.warn("grants of " + server.subject, "cannot be read, " + why(privileges.error()));
    }
    return facts.value();
}

void examine_jobs(const Config& config, const Clock& clock, Report& report) {
    slurm::MysqlSlurmDb database(config.slurm, clock);
    const slurm::RunningFilter everybody{"", Instant{}, clock.now()};
    const auto running = database.running_in(everybody, 1000);
    if (!running.ok()) {
        return report.fail("jobs of slurm", "cannot be read, " + why(running.error()));
    }
    const auto& jobs = running.value();
    const auto gpus = std::count_if(jobs.begin(), jobs.end(), [](const slurm::Job& job) {
        return job.allocated.gpus.count > 0;
    });
    std::string text =
        std::to_string(jobs.size()) + " run now, " + std::to_string(gpus) + " of them with GPUs";
    if (jobs.empty()) {
        return report.warn("jobs of slurm", "none runs on cluster " + config.slurm.cluster +
                                                " now; is that its ClusterName?");
    }
    report.ok("jobs of slurm", text);
    const auto script = database.script(jobs.front().db_index);
    if (!script.ok()) {
        report.warn("scripts of slurm", "cannot be read, " + why(script.error()));
    } else if (script.value()) {
        report.ok("scripts of slurm", "kept by Slurm");
    } else {
        report.ok("scripts of slurm",
                  "not kept by Slurm, or not for the newest job: only uploaded ones are shown");
    }
}

void examine_slurm(const Config& config, const Clock& clock, Report& report) {
    const Server server{.subject = "slurm",
                        .settings = config.slurm,
                        .source = SourceId::Slurm,
                        .wanted = slurm_needs(config.slurm),
                        .allowed = needs_of_all(config),
                        .grants = "slurm.sql"};
    if (examine_server(server, clock, report)) examine_jobs(config, clock, report);
}

void examine_robinhood(const robinhood::Settings& settings, const Config& config,
                       const Clock& clock, Report& report) {
    const Server server{.subject = "robinhood " + settings.name,
                        .settings = settings,
                        .source = SourceId::Robinhood,
                        .wanted = robinhood_needs(settings),
                        .allowed = needs_of_all(config),
                        .grants = "robinhood.sql"};
    if (!examine_server(server, clock, report)) return;
    robinhood::Breakers breakers;
    breakers.emplace_back(clock, 8U);
    const CurrentRequest request{1, Deadline::in(settings.timeout)};
    robinhood::MysqlStorage storage({settings}, request, breakers);
    const auto begin = std::chrono::steady_clock::now();
    const auto uses = storage.use_of({{settings.name, {"userportal-check"}}});
    const auto took =
        std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin);
    const std::string subject = "sums of " + server.subject;
    if (!uses.front().ok()) {
        return report.fail(subject, "cannot be read, " + why(uses.front().error()));
    }
    const std::string time = "a group's sums take " + std::to_string(took.count()) + " ms";
    if (took * 3 > settings.timeout) {
        report.warn(subject, time + ": an index on gid helps (" + kGrants + "robinhood.sql)");
    } else {
        report.ok(subject, time);
    }
}

void say_schema(const Config& config, Report& report) {
    database::AdminDb admin(config.database, config.database.timeout);
    const auto found = admin.version();
    const unsigned newest = database::AdminDb::newest_version();
    const std::string wanted = ", this program wants " + std::to_string(newest);
    if (!found.ok()) {
        report.fail("schema",
                    "cannot be read, " + why(found.error()) + "; run userportal-admin migrate");
    } else if (found.value() < newest) {
        report.fail("schema", "version " + std::to_string(found.value()) + wanted +
                                  ": run userportal-admin migrate");
    } else if (found.value() > newest) {
        report.warn("schema", "version " + std::to_string(found.value()) + wanted +
                                  ": it is older than its tables");
    } else {
        report.ok("schema", "version " + std::to_string(newest));
    }
}

/// Whether the background service runs, and how far its tasks are.
void say_background(const Config& config, const Clock& clock, Report& report) {
    database::MariadbPortalDb own(config.database);
    const auto found = own.tasks().background();
    const std::string subject = "background";
    if (!found.ok()) return report.warn(subject, "cannot be read, " + why(found.error()));
    const database::BackgroundState& state = found.value();
    if (state.holder.empty()) {
        return report.warn(subject, "has never run: systemctl enable --now userportal-background");
    }
    const std::string host = state.holder.substr(0, state.holder.find(':'));
    if (!state.runs) return report.fail(subject, "does not run; it ran on " + host + " last");
    report.ok(subject, "runs on " + host);
    for (const database::TaskState& task : state.tasks) {
        std::string text = std::to_string(task.done) + " done";
        if (task.behind_s) text += ", " + lasting(Seconds{*task.behind_s}) + " behind";
        if (task.behind_jobs && *task.behind_jobs > 0) {
            text += " (" + std::to_string(*task.behind_jobs) + " jobs)";
        }
        if (task.failed > 0) text += ", " + std::to_string(task.failed) + " could not be read";
        const bool lately = task.error_at && clock.now() - *task.error_at < kHour;
        if (lately) text += "; " + written(*task.error_at) + ": " + task.error;
        const std::string name = "task " + task.name;
        const bool late = task.behind_s.value_or(0) > kFarBehind;
        if (late || task.slow || lately) {
            report.warn(name, text);
        } else {
            report.ok(name, text);
        }
    }
}

void examine_own(const Config& config, const Clock& clock, Report& report) {
    if (config.database.host.empty()) {
        return report.ok("database",
                         "none: no API for scripts, and records of who looked at "
                         "whose data are in the log only");
    }
    const Server server{.subject = "database",
                        .settings = config.database,
                        .source = SourceId::Portal,
                        .wanted = own_needs(config.database),
                        .allowed = needs_of_all(config),
                        .grants = "portal.sql"};
    const auto facts = examine_server(server, clock, report);
    if (!facts) return;
    say_schema(config, report);
    say_background(config, clock, report);
    if (facts->longest_statement < config.site.scripts.largest + 4096) {
        report.fail("max_allowed_packet",
                    std::to_string(facts->longest_statement) +
                        " bytes is less than the largest script (largest_kib in [jobscripts])");
    }
}

}  // namespace

void examine_databases(const Config& config, const Clock& clock, Report& report) {
    examine_slurm(config, clock, report);
    for (const robinhood::Settings& settings : config.robinhood) {
        examine_robinhood(settings, config, clock, report);
    }
    examine_own(config, clock, report);
}

}  // namespace portal::doctor
