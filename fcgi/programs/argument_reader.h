#pragma once

#include <span>
#include <string>

#include "fcgi/programs/options.h"

namespace portal {

/// Takes the arguments of a command line one by one.
class ArgumentReader {
 public:
    explicit ArgumentReader(std::span<const std::string> arguments) : rest_(arguments) {}

    [[nodiscard]] bool done() const { return rest_.empty(); }

    const std::string& next() {
        const std::string& argument = rest_.front();
        rest_ = rest_.subspan(1);
        return argument;
    }

    /// The value behind an option. Throws UsageError without one.
    const std::string& value(const std::string& option) {
        if (done()) throw UsageError(option + " needs a value");
        return next();
    }

 private:
    std::span<const std::string> rest_;
};

}  // namespace portal
