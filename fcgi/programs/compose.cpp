#include "fcgi/programs/compose.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fcgi/programs/build_id.h"
#include "fcgi/server/pool_meter.h"
#include "handlers/home/home.h"
#include "handlers/modules.h"
#include "handlers/portal.h"
#include "handlers/router.h"
#include "handlers/sources/gate.h"
#include "handlers/sources/ldap/caching_directory.h"
#include "handlers/sources/ldap/ldap_directory.h"
#include "handlers/sources/own/audit_spool.h"
#include "handlers/sources/own/digest.h"
#include "handlers/sources/own/mariadb_portal_db.h"
#include "handlers/sources/own/no_portal_db.h"
#include "handlers/sources/prometheus/prometheus_metrics.h"
#include "handlers/sources/robinhood/mysql_storage.h"
#include "handlers/sources/shared_answers.h"
#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "views/renderer.h"

namespace portal {
namespace {

/// The entries of the navigation below the home page's.
std::vector<views::RailEntry> rail_of(const Site& site) {
    std::vector<views::RailEntry> rail;
    for (const Module& module : all_modules()) {
        if (module.word == nullptr || !has_module(site, module.name)) continue;
        rail.push_back({module.name, module.icon, module.word, module.staff});
    }
    return rail;
}

views::ViewSettings view_settings(const Site& site) {
    return {.title = site.title,
            .base_path = site.base_path,
            .sign_out_url = site.sign_out_url,
            .contact = site.contact,
            .rail = rail_of(site),
            .pseudo_language = site.mode == Site::Mode::Local && site.pseudo_language};
}

/// A source is slow at half of the shortest time limit: a site that lets its sources take longer
/// does not call them slow so soon, and no timeout counts as a quick failure.
BreakerLimits breaker_limits(const Config& config) {
    Milliseconds shortest = std::min({config.prometheus.timeout, config.slurm.timeout,
                                      config.ldap.timeout, config.database.timeout});
    for (const robinhood::Settings& database : config.robinhood) {
        shortest = std::min(shortest, database.timeout);
    }
    BreakerLimits limits;
    limits.slow = shortest / 2;
    return limits;
}

/// The breakers of all sources, in shared memory.
struct Breakers {
    Breakers(const Config& config, const Clock& clock, unsigned workers)
        : sources(clock, workers, breaker_limits(config)) {
        for (std::size_t i = 0; i < config.robinhood.size(); ++i) {
            robinhood.emplace_back(clock, workers, breaker_limits(config));
        }
    }

    Breaker sources;
    robinhood::Breakers robinhood;  ///< one for each database
};

std::vector<CountedRoute> counted_routes(const Site& site) {
    std::vector<CountedRoute> all;
    for (const Route& route : all_routes(site)) {
        all.push_back({std::string(method_name(route.method)), std::string(route.pattern)});
    }
    return all;
}

Watched watch(const Config& config, const PoolMeter& pool, const database::AuditLog& audit,
              const Breakers& breakers, const SettledAnswers& settled) {
    Watched watched{pool, audit, settled, {}, PORTAL_VERSION, build_id()};
    for (const SourceId source : {SourceId::Prometheus, SourceId::Slurm, SourceId::Ldap}) {
        watched.sources.push_back({source, "", breakers.sources});
    }
    if (config.site.scripts.enabled) {
        watched.sources.push_back({SourceId::Portal, "", breakers.sources});
    }
    for (std::size_t i = 0; i < config.robinhood.size(); ++i) {
        watched.sources.push_back(
            {SourceId::Robinhood, config.robinhood[i].name, breakers.robinhood[i]});
    }
    return watched;
}

/// What each worker has for itself: connections, and the portal over them.
struct WorkerParts {
    WorkerParts(const Config& config, const Clock& clock, const Breakers& breakers,
                SharedAnswers& answers, SettledAnswers& settled, views::Views& views,
                const Watched& watched, database::AuditLog& audit, const Secret& form_key)
        : metrics(config.prometheus, {request, &breakers.sources},
                  prometheus::KeptAnswers{settled, clock}),
          slurm(config.slurm, clock, {request, &breakers.sources}),
          ldap(config.ldap, {request, &breakers.sources}),
          directory(ldap, clock),
          storage(config.robinhood, request, breakers.robinhood),
          own(config.database, {request, &breakers.sources}),
          portal({{config.site, clock, slurm, metrics, directory, storage, answers, settled,
                   portal_db(config.site), views, watched},
                  audit,
                  form_key},
                 all_routes(config.site)) {}

    /// The portal's own database, if the site has one.
    database::PortalDb& portal_db(const Site& site) {
        if (site.scripts.enabled) return own;
        return no_database;
    }

    CurrentRequest request;
    prometheus::PrometheusMetrics metrics;
    slurm::MysqlSlurmDb slurm;
    ldap::LdapDirectory ldap;
    ldap::CachingDirectory directory;
    robinhood::MysqlStorage storage;
    database::MariadbPortalDb own;
    database::NoPortalDb no_database;
    Portal portal;
};

/// An answer that is made part by part may take this long, within what the worker allows to send
/// it.
constexpr Milliseconds kLongAnswer{25'000};

/// The whole portal. Templates and shared memory are made before the fork, connections after it.
class WholePortal final : public Application {
 public:
    WholePortal(const Config& config, unsigned workers)
        : config_(config),
          breakers_(config, clock_, workers),
          answers_(clock_, pages::home_answers(config.site)),
          settled_(config.site.settled_mib << 20U),
          views_(view_settings(config.site)),
          form_key_(config.form_key.value.empty() ? Secret{database::random_hex()}
                                                  : config.form_key),
          meter_(counted_routes(config.site), workers, clock_.now()),
          audit_(config.site.audit.spool, config.site.scripts.enabled
                                              ? database::AuditSpool::Target::Database
                                              : database::AuditSpool::Target::LogOnly),
          watched_(watch(config, meter_, audit_, breakers_, settled_)) {
        // A mistake in settings or routes stops the start, not the first request.
        const WorkerParts trial(config_, clock_, breakers_, answers_, settled_, views_, watched_,
                                audit_, form_key_);
        if (config.site.audit.enabled) audit_.prove();
    }

    void started() override {
        parts_.emplace(config_, clock_, breakers_, answers_, settled_, views_, watched_, audit_,
                       form_key_);
        meter_.worker_started();
    }

    void idle() override {
        if (!audit_.due()) return;
        // Longer than what the breaker calls slow, or a hang would look like a quick failure.
        parts_->request.begin(Deadline::in(breaker_limits(config_).slow + Milliseconds{500}));
        audit_.drain(parts_->own);
    }

    void worker_died() override { meter_.worker_died(); }

    void connection_refused(Arrival how) override { meter_.connection_refused(how); }

    void request_began() override { meter_.request_began(); }

    void request_ended(const Request& request, std::string_view route, int status,
                       std::chrono::microseconds took) override {
        const Method method = request.method == Method::Head ? Method::Get : request.method;
        meter_.request_ended({std::string(method_name(method)), std::string(route)}, status, took);
    }

    Served serve(const Request& request, const ReadBody& read_body,
                 const Deadline& deadline) override {
        parts_->request.begin(deadline);
        Served served = parts_->portal.serve(request, read_body);
        parts_->metrics.end_request();
        // It is sent while it is made.
        if (served.response.more) parts_->request.deadline = Deadline::in(kLongAnswer);
        return served;
    }

    Served failure(const Request& request, int status) override {
        return parts_->portal.failure(request, status);
    }

 private:
    const Config& config_;
    SystemClock clock_;
    Breakers breakers_;
    SharedAnswers answers_;
    SettledAnswers settled_;
    views::Renderer views_;
    Secret form_key_;
    PoolMeter meter_;
    database::AuditSpool audit_;
    Watched watched_;
    std::optional<WorkerParts> parts_;
};

}  // namespace

std::unique_ptr<Application> compose(const Config& config, unsigned workers) {
    return std::make_unique<WholePortal>(config, workers);
}

std::string route_table() {
    std::string table;
    Site site;
    site.scripts.enabled = true;
    site.modules = module_names();
    for (const Route& route : all_routes(site)) {
        table += method_name(route.method);
        table.append(" ").append(route.pattern).append(" ").append(access_name(route.access));
        table += '\n';
    }
    return table;
}

}  // namespace portal
