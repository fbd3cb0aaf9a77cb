#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace portal {

/// The body of a FastCGI request out of its records: STDIN of that request and nothing else.
class BodyReader {
 public:
    BodyReader() = default;
    explicit BodyReader(unsigned request) : request_(request) {}

    /// Takes the next bytes of the connection; what they hold of the body, as it is.
    [[nodiscard]] std::string feed(std::string_view bytes);
    /// The body is over: nothing more will come.
    [[nodiscard]] bool ended() const { return ended_; }
    /// A record that does not belong here, an abort too: nothing more of it is read.
    [[nodiscard]] bool broken() const { return broken_; }

 private:
    void record();

    unsigned request_ = 0;
    std::array<unsigned char, 8> header_{};
    std::size_t have_ = 0;
    std::size_t content_ = 0;
    std::size_t padding_ = 0;
    bool ended_ = false;
    bool broken_ = false;
};

}  // namespace portal
