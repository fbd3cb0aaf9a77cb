#pragma once

#include <fcgiapp.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "fcgi/base/time.h"
#include "fcgi/http/request_parser.h"
#include "fcgi/server/body_reader.h"
#include "fcgi/server/head_gate.h"

namespace portal {

/// How long the web server may take for its part.
struct ConnectionLimits {
    Milliseconds head;      ///< to send the whole request head
    Milliseconds transfer;  ///< the longest wait for one piece of a body, or until it takes a piece
};

/// A connection of the web server with its one request. Whatever is said to libfcgi is said here.
class Connection {
 public:
    /// Once in each process, before the first connection.
    static void prepare();

    /// Reads the head of the request from an accepted socket, which the connection closes at its
    /// end.
    Connection(int fd, const ConnectionLimits& limits);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// False if the web server left, was too slow, or sent no request: there is nothing to answer.
    [[nodiscard]] bool ready() const { return ready_; }
    /// How its head came.
    [[nodiscard]] Arrival arrival() const { return arrival_; }
    /// The request is of somebody who is known: what is left of its body may come slowly.
    void is_of_known() { known_ = true; }
    /// True if the web server has left meanwhile.
    [[nodiscard]] bool gone() const;
    /// Views into the connection's memory.
    [[nodiscard]] Parameters parameters() const;
    /// The next `length` bytes of the body. Throws HttpError 400 if they do not all come before
    /// the deadline.
    [[nodiscard]] std::string read(std::size_t length, const Deadline& deadline);
    /// Sends a piece of the answer; false if the web server does not take it.
    [[nodiscard]] bool write(std::string_view text);

 private:
    void linger();

    FCGX_Request raw_{};
    Arrival arrival_ = Arrival::Silent;
    bool ready_ = false;
    bool known_ = false;
    BodyReader reader_;
    std::string body_;  ///< read, and not yet asked for
};

}  // namespace portal
