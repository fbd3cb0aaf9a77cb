#pragma once

// fcgi/programs/background is what works while nobody waits: the background service (service.h),
// the filling in of the past (summarize.h), and the parts of the portal that both use (parts.h). It
// may include everything, as fcgi/programs may.

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "fcgi/server/pool_meter.h"
#include "handlers/context.h"
#include "handlers/sources/current_request.h"
#include "handlers/sources/ldap/caching_directory.h"
#include "handlers/sources/ldap/ldap_directory.h"
#include "handlers/sources/own/audit_log.h"
#include "handlers/sources/own/mariadb_portal_db.h"
#include "handlers/sources/prometheus/prometheus_metrics.h"
#include "handlers/sources/robinhood/mysql_storage.h"
#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "views/views.h"

namespace portal {

/// The parts of the portal for a process that serves no requests: the sources, each with a
/// connection that is made when first needed, and a context over them. The configuration must
/// outlive it.
class BackgroundParts {
 public:
    explicit BackgroundParts(const Config& config);

    [[nodiscard]] Context& context() { return context_; }
    /// Set before asking a source: the request and its deadline.
    [[nodiscard]] CurrentRequest& request() { return request_; }
    /// Cancels questions that are still open.
    void end_request() { metrics_.end_request(); }

 private:
    /// There is no reader.
    class NoViews final : public views::Views {
     public:
        Response render(const views::AnyPage& /*page*/) override { return {}; }
    };
    class NoAudit final : public database::AuditLog {
     public:
        void keep(const database::View& /*view*/) override {}
        [[nodiscard]] std::uint64_t waiting() const override { return 0; }
    };

    SystemClock clock_;
    CurrentRequest request_;
    robinhood::Breakers breakers_;
    prometheus::PrometheusMetrics metrics_;
    slurm::MysqlSlurmDb slurm_;
    ldap::LdapDirectory ldap_;
    ldap::CachingDirectory directory_;
    robinhood::MysqlStorage storage_;
    database::MariadbPortalDb own_;
    SharedAnswers answers_;
    SettledAnswers settled_;
    NoViews views_;
    NoAudit audit_;
    PoolMeter meter_;
    Watched watched_;
    Context context_;
};

}  // namespace portal
