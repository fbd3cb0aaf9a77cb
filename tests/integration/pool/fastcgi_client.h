#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pool_test {

using Parameters = std::map<std::string, std::string>;

/// One connection to a FastCGI socket, closed with the object.
class Connection {
 public:
    explicit Connection(const std::string& path);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] bool open() const { return fd_ >= 0; }
    /// Sends bytes; false if the peer is gone.
    bool say(std::string_view bytes) const;
    /// Everything up to the peer's close, or until nothing comes for `seconds`.
    [[nodiscard]] std::string hear(int seconds) const;

 private:
    int fd_ = -1;
};

/// Records of a request: begin and parameters with their end.
std::string head_records(const Parameters& parameters);
/// Records of a body with its end.
std::string body_records(std::string_view body);

/// What came back: CGI text of the answer; `ended` if the request was ended in order.
struct Answer {
    int status = 0;
    std::string text;
    std::string body;
    bool ended = false;
};
Answer read_answer(const std::string& records);

/// One GET of a path (with ?query); status 0 if there was no answer. More parameters replace.
Answer get(const std::string& socket, const std::string& path, const Parameters& more = {});
/// One POST of a form.
Answer post(const std::string& socket, const std::string& path, const std::string& body,
            const Parameters& more = {});

}  // namespace pool_test
