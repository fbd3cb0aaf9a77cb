#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "topology.h"

namespace portal::simulator {

/// Takes metrics from an exporter, family by family.
class Sink {
 public:
    virtual ~Sink() = default;
    /// Begins a family; all samples up to the next call belong to it. `type` is counter or gauge.
    virtual void family(std::string_view name, std::string_view type, std::string_view help) = 0;
    /// One sample; `labels` is the text between the braces, already escaped, may be empty.
    virtual void sample(std::string_view labels, double value) = 0;
};

/// How an exporter writes numbers.
enum class Dialect {
    Python,  ///< as prometheus_client does: 2.0, 1.75890432e+08, 4.294967296e+010
    Go,      ///< as client_golang does: 2, 1.75890432e+08, 4.294967296e+10
};

/// `value` as text in that dialect; the shortest that reads back the same.
std::string number_text(double value, Dialect dialect);

/// The text format 0.0.4 that Prometheus scrapes.
class TextExposition : public Sink {
 public:
    explicit TextExposition(Dialect dialect) : dialect_(dialect) {}

    void family(std::string_view name, std::string_view type, std::string_view help) override;
    void sample(std::string_view labels, double value) override;

    /// What was written so far.
    [[nodiscard]] const std::string& text() const { return text_; }

 private:
    Dialect dialect_;
    std::string name_;
    std::string text_;
};

/// Writes OpenMetrics files with time stamps for promtool's back-fill: DIR/metrics-past.om with
/// what is older than `dense`, and from there on DIR/metrics-NNN.om, one for each span in which
/// promtool puts samples into one block. Samples must come in order of time.
class OpenMetricsFiles : public Sink {
 public:
    OpenMetricsFiles(std::string folder, UnixTime dense)
        : folder_(std::move(folder)), dense_(dense) {}
    ~OpenMetricsFiles() override;
    OpenMetricsFiles(const OpenMetricsFiles&) = delete;
    OpenMetricsFiles& operator=(const OpenMetricsFiles&) = delete;

    /// Sets time and target labels of the samples that follow. Throws std::runtime_error if no file
    /// opens.
    void target(UnixTime time, std::string_view labels);
    void family(std::string_view name, std::string_view type, std::string_view help) override;
    void sample(std::string_view labels, double value) override;
    /// Ends the last file. Throws std::runtime_error if anything could not be written.
    void close();

    [[nodiscard]] std::uint64_t samples() const { return samples_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
    void flush();

    std::string folder_;
    UnixTime dense_;
    std::FILE* file_ = nullptr;
    UnixTime file_span_ = -1;
    unsigned files_ = 0;
    std::string buffer_;
    std::string name_;
    std::string target_;
    std::string time_;
    std::uint64_t samples_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace portal::simulator
