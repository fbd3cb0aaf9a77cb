#pragma once

#include <stdexcept>
#include <string>

namespace portal {

/// A socket that cannot be used: the message says which and why.
class ListenError : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// A listening unix socket, non-blocking. `path` is set only if we made the file.
struct Listener {
    int fd = -1;
    std::string path;
};

/// Opens `unix:PATH` (mode 0660; a file that nobody listens on any more is replaced) or takes the
/// inherited `fd:N`, which must be a listening unix socket. Throws ListenError.
[[nodiscard]] Listener open_listener(const std::string& where);

}  // namespace portal
