#pragma once

#include <Poco/Util/OptionSet.h>

#include <functional>
#include <map>
#include <span>
#include <stdexcept>
#include <string>

namespace portal {

/// A command line that cannot be understood; the message says why.
class UsageError : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// The options of one command: `--name VALUE`, `--name=VALUE`, or `--name` for a flag. Of an option
/// given twice each value is taken, in order. `take` may throw UsageError.
class CommandLine {
 public:
    using Take = std::function<void(const std::string& value)>;

    void flag(const std::string& name, bool& set);
    void value(const std::string& name, Take take);
    void required(const std::string& name, Take take);

    /// Takes all options over. Throws UsageError.
    void read(std::span<const std::string> arguments) const;

 private:
    void check_name(const std::string& argument) const;

    Poco::Util::OptionSet options_;
    std::map<std::string, Take> takes_;
};

}  // namespace portal
