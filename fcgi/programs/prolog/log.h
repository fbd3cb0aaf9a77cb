#pragma once

#include <string>

namespace portal::prolog {

/// Where lines go: the system's log, from hooks whose output nobody reads; or stderr.
enum class LogTo { System, Stderr };
void log_to(LogTo where);

/// Something a person should know. Never holds a script or the token.
void warn(const std::string& text);
/// Something that went as it should.
void tell(const std::string& text);

}  // namespace portal::prolog
