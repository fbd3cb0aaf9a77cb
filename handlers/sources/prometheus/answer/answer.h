#pragma once

// handlers/sources/prometheus/answer is the reader of Prometheus's answers, which takes them in
// pieces: tokens of JSON, numbers of samples, series. May include fcgi/base and the types of
// metrics.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fcgi/base/result.h"
#include "handlers/sources/prometheus/answer/json_tokens.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal::prometheus {

/// What one answer may hold; more is Malformed.
struct AnswerLimits {
    std::size_t series = 20'000;
    std::size_t values = 3'000'000;  ///< series times points of the grid
    std::size_t labels = 64;         ///< of one series
    std::size_t label_bytes = std::size_t{16} << 20U;
};

/// Reads the answer of /api/v1/query or query_range piece by piece, straight into columns: matrix,
/// vector or scalar, keys in any order, unknown ones skipped. Samples beside the grid go to its
/// nearest point; those outside of it are dropped. NaN and infinities are gaps.
class AnswerParser {
 public:
    explicit AnswerParser(const Grid& grid, const AnswerLimits& limits = {});

    /// Reads the next piece. False: this is no answer, and more of it does not help.
    [[nodiscard]] bool feed(std::string_view piece);

    /// The answer, once. Rejected: Prometheus says so. TooLong: it gave up on the question.
    /// Malformed: not an answer, cut off, or too large.
    [[nodiscard]] Result<SeriesSet> finish();

 private:
    enum class Where : std::uint8_t {
        Start,
        Top,
        Data,
        Result,
        Series,
        Metric,
        Samples,
        Sample,
        Warnings,
        Skipped,
    };
    enum class Field : std::uint8_t {
        Other,
        Status,
        Data,
        Error,
        ErrorType,
        Warnings,
        Partial,
        Result,
        Metric,
        Value,
        Values,
    };

    [[nodiscard]] bool consume(Token token);
    [[nodiscard]] bool key(std::string_view name);
    [[nodiscard]] bool begin_object();
    [[nodiscard]] bool begin_array();
    [[nodiscard]] bool end();
    [[nodiscard]] bool string(std::string_view text);
    [[nodiscard]] bool number(std::string_view text);
    [[nodiscard]] bool literal(std::string_view text);
    [[nodiscard]] bool begin_series();
    [[nodiscard]] bool add_label(std::string_view value);
    [[nodiscard]] bool end_sample();
    void read_samples(std::string_view& piece);
    void place(double time, double value);
    [[nodiscard]] bool fail(const char* why);
    [[nodiscard]] bool push(Where where);
    [[nodiscard]] Where where() const { return path_[depth_]; }

    SeriesSet set_;
    AnswerLimits limits_;
    JsonTokens tokens_;
    std::array<Where, JsonTokens::kMostDepth + 2> path_{};
    std::size_t depth_ = 0;
    Field field_ = Field::Other;
    std::string label_name_;
    std::size_t label_bytes_ = 0;
    unsigned sample_parts_ = 0;
    double sample_time_ = 0;
    double sample_value_ = 0;
    double start_ = 0;
    double points_per_second_ = 0;
    bool has_result_ = false;
    bool failed_ = false;
    std::string status_;
    std::string error_;
    std::string error_type_;
    std::string why_;
};

}  // namespace portal::prometheus
