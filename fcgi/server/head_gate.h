#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "fcgi/base/units.h"

namespace portal {

/// Follows the records of one FastCGI connection, byte by byte, up to the end of the parameters.
class HeadScanner {
 public:
    enum class State { More, Complete, Broken };

    /// Takes the next bytes of the connection. Broken: not FastCGI version 1, or a head above
    /// 1 MiB.
    State feed(std::string_view bytes);
    /// True if the end of the body has been seen too: nothing more will come.
    [[nodiscard]] bool whole() const { return whole_; }

 private:
    void record();

    std::array<unsigned char, 8> header_{};
    std::size_t have_ = 0;  ///< bytes of the record header seen
    std::size_t skip_ = 0;  ///< bytes of content and padding still to come
    std::size_t total_ = 0;
    State state_ = State::More;
    bool whole_ = false;
};

/// How a fresh connection behaved: its whole request head is there, it sent nothing or too slowly,
/// it went away, or what it sends is not FastCGI.
enum class Arrival { Ready, Silent, Gone, Broken };

struct Arrived {
    Arrival how = Arrival::Silent;
    bool whole = false;  ///< the body, if any, has arrived as well
};

/// Waits until the request head has arrived, without taking it out of the socket, so that the read
/// that follows cannot hang: at most `limit` in all, however slowly it drips. `fd` is a connected
/// unix socket in blocking mode.
[[nodiscard]] Arrived wait_for_head(int fd, Milliseconds limit);

/// True if the peer has closed: one that did so while it waited is not worth serving.
[[nodiscard]] bool hung_up(int fd);

/// Longest time that a single read or write on the socket may take.
void limit_each_transfer(int fd, Milliseconds limit);

}  // namespace portal
