#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portal::doctor {

enum class Level {
    Ok,
    Warning,  ///< the portal runs, something is missing or wider than it should be
    Error,    ///< something that is configured does not work
};

/// "ok", "warning" or "error".
[[nodiscard]] std::string_view level_name(Level level);

/// One thing that was looked at, and what was found, in words.
struct Finding {
    std::string subject;  ///< "prometheus", "exporter gpu" ...
    Level level = Level::Ok;
    std::string text;
};

/// What was found, in the order it was looked at.
class Report {
 public:
    void ok(std::string subject, std::string text);
    void warn(std::string subject, std::string text);
    void fail(std::string subject, std::string text);

    [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
    /// Whether everything that was said of a subject so far is good; true if nothing was.
    [[nodiscard]] bool is_well(std::string_view subject) const;
    /// The worst of all levels.
    [[nodiscard]] Level worst() const;

    /// One line for each finding and a last one that sums up.
    [[nodiscard]] std::string text() const;
    /// {"status": LEVEL, "findings": [{"subject", "level", "text"}]}
    [[nodiscard]] std::string json() const;

 private:
    std::vector<Finding> findings_;
};

}  // namespace portal::doctor
