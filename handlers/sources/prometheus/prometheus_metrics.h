#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/time.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/gate.h"
#include "handlers/sources/http/client.h"
#include "handlers/sources/prometheus/metrics.h"
#include "handlers/sources/prometheus/settings.h"
#include "handlers/sources/settled_answers.h"

namespace portal::prometheus {

/// Where answers about a time that is over are kept for all workers; both outlive the metrics.
struct KeptAnswers {
    SettledAnswers& answers;
    const Clock& clock;
};

/// Prometheus, or whatever speaks its query API, over HTTP. One for each worker, made after the
/// fork.
class PrometheusMetrics final : public Metrics {
 public:
    /// Throws std::invalid_argument if the address, the matchers or a credential cannot be used.
    /// A new request forgets every ticket and stops what is under way.
    PrometheusMetrics(const Settings& settings, const SourceTerms& terms,
                      std::optional<KeptAnswers> kept = std::nullopt);
    ~PrometheusMetrics() override;
    PrometheusMetrics(const PrometheusMetrics&) = delete;
    PrometheusMetrics& operator=(const PrometheusMetrics&) = delete;

    /// Forgets every ticket and stops what is under way, so that nothing waits for Prometheus
    /// between two requests.
    void end_request();

    /// Throws std::invalid_argument for a grid without points.
    Ticket ask(const Question& question) override;
    /// Throws std::logic_error if the ticket was collected before.
    Result<SeriesSet> collect(Ticket ticket) override;

 private:
    struct Pending;

    [[nodiscard]] http::Request make_request(Pending& pending) const;
    /// Under what its answer is kept; empty if it may still change.
    [[nodiscard]] std::string key_of(const Pending& pending) const;
    [[nodiscard]] bool take_kept(Pending& pending);
    void keep(const Pending& pending, const Result<SeriesSet>& result);
    [[nodiscard]] Result<SeriesSet> answer(Pending& pending, const http::Outcome& outcome);
    void note(const Pending& pending, const http::Outcome& outcome,
              const Result<SeriesSet>& result) const;
    void notice_request();

    Settings settings_;
    std::string site_matchers_;
    std::string cloud_matchers_;  ///< in their place for virtual machines
    // Declared before the client, whose transfers write into them, so gone after it.
    std::vector<std::unique_ptr<Pending>> pending_;
    http::Client client_;
    const CurrentRequest& request_;
    std::optional<KeptAnswers> kept_;
    std::uint64_t number_ = 0;  ///< of the request that the tickets belong to
};

}  // namespace portal::prometheus
