#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "handlers/sources/breaker.h"
#include "handlers/sources/current_request.h"
#include "handlers/sources/http/client.h"
#include "handlers/sources/prometheus/metrics.h"
#include "handlers/sources/prometheus/settings.h"

namespace portal::prometheus {

/// Prometheus, or whatever speaks its query API, over HTTP. One for each worker, made after the
/// fork.
class PrometheusMetrics final : public Metrics {
 public:
    /// Throws std::invalid_argument if the address, the matchers or a credential cannot be used.
    /// `request` and `breaker` outlive this object. A new request forgets every ticket and stops
    /// what is under way.
    PrometheusMetrics(const Settings& settings, const CurrentRequest& request,
                      const Breaker& breaker);
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

    /// HTTP queries sent in this request.
    [[nodiscard]] std::size_t queries() const { return queries_; }

 private:
    struct Pending;

    [[nodiscard]] http::Request make_request(Pending& pending) const;
    [[nodiscard]] Result<SeriesSet> answer(Pending& pending, const http::Outcome& outcome);
    void note(const Pending& pending, const http::Outcome& outcome,
              const Result<SeriesSet>& result) const;
    [[nodiscard]] http::Outcome wait(http::Transfer transfer);
    void notice_request();
    void judge(const http::Outcome& outcome);
    void settle();

    Settings settings_;
    std::string site_matchers_;
    const Breaker& breaker_;
    // Declared before the client, whose transfers write into them, so gone after it.
    std::vector<std::unique_ptr<Pending>> pending_;
    http::Client client_;
    const CurrentRequest& request_;
    std::uint64_t number_ = 0;  ///< of the request that the tickets belong to
    std::size_t queries_ = 0;
    std::size_t open_ = 0;
    std::optional<Breaker::Permit> permit_;
    Deadline::SteadyTime patient_until_{};
    bool hangs_ = false;  ///< it has held up this request once, which is enough
    std::optional<Milliseconds> slowest_failure_;
    std::optional<Milliseconds> slowest_answer_;
};

}  // namespace portal::prometheus
