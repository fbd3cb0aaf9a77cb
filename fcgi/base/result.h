#pragma once

#include <array>
#include <string>
#include <utility>
#include <variant>

namespace portal {

/// A data source of the portal. One value each for what can be missing on a page.
enum class SourceId { Prometheus, Slurm, Ldap, Robinhood, Portal };

/// Name of a source in logs, JSON and configuration: "prometheus", "slurm", "ldap", "robinhood",
/// "portal" (its own database).
[[nodiscard]] constexpr const char* source_name(SourceId source) {
    switch (source) {
        case SourceId::Prometheus:
            return "prometheus";
        case SourceId::Slurm:
            return "slurm";
        case SourceId::Ldap:
            return "ldap";
        case SourceId::Robinhood:
            return "robinhood";
        case SourceId::Portal:
            return "portal";
    }
    return "unknown";
}

/// Why a source gave no answer.
enum class Fault {
    Unreachable,  ///< no connection, or it broke
    Timeout,      ///< nothing within the time that was left
    Rejected,     ///< the source answered with an error (bad credentials, 4xx, 5xx, SQL error)
    Malformed,    ///< an answer that cannot be read, is cut off or too large
    TooLong,      ///< the source itself ended the question: it would have taken too long
};

inline constexpr std::array kFaults = {Fault::Unreachable, Fault::Timeout, Fault::Rejected,
                                       Fault::Malformed, Fault::TooLong};

/// A source that refuses or ends a question is there: others may well get their answer.
[[nodiscard]] constexpr bool says_it_is_there(Fault fault) {
    return fault == Fault::Rejected || fault == Fault::TooLong;
}

/// Name of a fault for the log.
[[nodiscard]] constexpr const char* fault_name(Fault fault) {
    switch (fault) {
        case Fault::Unreachable:
            return "unreachable";
        case Fault::Timeout:
            return "timeout";
        case Fault::Rejected:
            return "rejected";
        case Fault::Malformed:
            return "malformed";
        case Fault::TooLong:
            return "too_long";
    }
    return "unknown";
}

/// Why a data source gave no answer. `detail` is for the log and is never rendered.
struct SourceError {
    SourceId source = SourceId::Prometheus;
    Fault fault = Fault::Unreachable;
    std::string detail;
};

/// An answer, or the reason there is none. "Found nothing" is an answer, not an error.
template <class T>
class [[nodiscard]] Result {
 public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit
    Result(SourceError error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
    [[nodiscard]] const SourceError& error() const { return std::get<1>(state_); }

 private:
    std::variant<T, SourceError> state_;
};

}  // namespace portal
