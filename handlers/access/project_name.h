#pragma once

#include <string_view>

namespace portal {

/// Can this be the name of an OpenStack project? 1 to 64 characters of valid UTF-8, none of them a
/// control character, a slash, a quote, a backslash or a brace, no space at an end. Names may hold
/// spaces and accents.
[[nodiscard]] bool is_project_name(std::string_view text);

/// Is this the UUID of a virtual machine as libvirt writes it: 8-4-4-4-12 lower-case hexadecimal
/// digits?
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace portal
