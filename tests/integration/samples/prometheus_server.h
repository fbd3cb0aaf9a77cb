#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal::samples {

/// Samples in OpenMetrics.
class Samples {
 public:
    /// A series from first to last, a sample every so many seconds; `value` gets the seconds since
    /// the first. Infinity and NaN are written as such.
    void add(const std::string& series, TimeRange range, int every,
             const std::function<double(double)>& value);
    [[nodiscard]] std::string text() const { return text_ + "# EOF\n"; }

 private:
    std::string text_;
};

/// A Prometheus of its own that holds some samples, in a folder that is removed with it. Throws
/// std::runtime_error if it does not start.
class PrometheusServer {
 public:
    explicit PrometheusServer(const Samples& samples);
    ~PrometheusServer();
    PrometheusServer(const PrometheusServer&) = delete;
    PrometheusServer& operator=(const PrometheusServer&) = delete;

    /// Asks the text of a query.
    [[nodiscard]] Result<prometheus::SeriesSet> ask(const std::string& query,
                                                    const prometheus::Grid& grid) const;

 private:
    std::string folder_;
    std::string url_;
    pid_t process_ = 0;
};

}  // namespace portal::samples
