#pragma once

#include <stdexcept>
#include <string>

namespace portal {

/// Ends a request: thrown anywhere below the dispatcher, which catches it and answers with an error
/// page or JSON. The text is a message id that the views translate; it never holds anything a
/// visitor sent.
class HttpError : public std::runtime_error {
 public:
    HttpError(int status, const std::string& message_id)
        : std::runtime_error(message_id), status_(status) {}

    [[nodiscard]] int status() const { return status_; }

 private:
    int status_;
};

}  // namespace portal
