#include "fcgi/programs/command_line.h"

#include <Poco/Util/OptionException.h>
#include <Poco/Util/OptionProcessor.h>

#include <utility>

namespace portal {

using Poco::Util::Option;

void CommandLine::flag(const std::string& name, bool& set) {
    options_.addOption(Option(name, "", "").repeatable(true));
    takes_[name] = [&set](const std::string&) { set = true; };
}

void CommandLine::value(const std::string& name, Take take) {
    options_.addOption(Option(name, "", "").repeatable(true).argument("VALUE"));
    takes_[name] = std::move(take);
}

void CommandLine::required(const std::string& name, Take take) {
    options_.addOption(Option(name, "", "").required(true).repeatable(true).argument("VALUE"));
    takes_[name] = [name, take = std::move(take)](const std::string& value) {
        if (value.empty()) throw UsageError("--" + name + " is missing");
        take(value);
    };
}

/// Poco would also take a part of a name, in any case.
void CommandLine::check_name(const std::string& argument) const {
    const std::string name = argument.substr(0, argument.find_first_of("=:"));
    if (!name.starts_with("--") || takes_.find(name.substr(2)) == takes_.end()) {
        throw UsageError("unknown option " + argument);
    }
}

void CommandLine::read(std::span<const std::string> arguments) const {
    Poco::Util::OptionProcessor processor(options_);
    std::string pending;  // an option whose value comes next
    try {
        for (const std::string& argument : arguments) {
            if (pending.empty()) check_name(argument);
            std::string name;
            std::string value;
            processor.process(argument, name, value);
            pending = name.empty() ? argument : "";
            if (!name.empty()) takes_.at(name)(value);
        }
        if (!pending.empty()) throw UsageError(pending + " needs a value");
        processor.checkRequired();
    } catch (const Poco::Util::MissingOptionException& error) {
        throw UsageError("--" + error.message() + " is missing");
    } catch (const Poco::Util::UnexpectedArgumentException& error) {
        throw UsageError("--" + error.message() + " takes no value");
    }
}

}  // namespace portal
