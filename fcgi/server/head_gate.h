#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fcgi/base/units.h"

namespace portal {

/// Checks the records of one FastCGI request, byte by byte, up to the end of the parameters, so
/// that libfcgi is given nothing but a sound head: one BEGIN_REQUEST of eight bytes, PARAMS of the
/// same request whose names and values have the lengths that they announce.
class HeadScanner {
 public:
    /// Broken: not such a head. TooLong: it announces more than kMostHead.
    enum class State { More, Complete, Broken, TooLong };

    static constexpr std::size_t kMostHead = std::size_t{128} << 10U;

    /// Takes the next bytes of the connection.
    State feed(std::string_view bytes);
    /// How many bytes of those that were fed belong to the head.
    [[nodiscard]] std::size_t size() const { return size_; }
    /// Number of the request, once it is Complete.
    [[nodiscard]] unsigned request() const { return request_; }

 private:
    enum class Part { NameLength, ValueLength, Bytes };

    void record();
    void content(std::string_view bytes);
    void pair_byte(unsigned char byte);
    void fail() { state_ = State::Broken; }

    State state_ = State::More;
    std::size_t size_ = 0;
    std::array<unsigned char, 8> header_{};
    std::size_t have_ = 0;     ///< bytes of the record header seen
    std::size_t content_ = 0;  ///< bytes of content still to come
    std::size_t padding_ = 0;  ///< and of padding
    std::size_t announced_ = 0;
    bool params_ = false;  ///< the record in hand holds parameters
    unsigned request_ = 0;
    // The pair in hand.
    Part part_ = Part::NameLength;
    std::size_t length_bytes_ = 0;  ///< of a length of four bytes still to come
    std::size_t length_ = 0;
    std::size_t pair_left_ = 0;  ///< bytes of name and value still to come
};

/// How a fresh connection behaved: its whole request head is there, it sent nothing or too slowly,
/// it went away, what it sends is not a request, its head is too long, or this machine has nothing
/// left to keep it in.
enum class Arrival { Ready, Silent, Gone, Broken, TooLong, NoMemory };

/// For the log and the meter: "ready", "silent", "gone", "not_a_request", "head_too_long",
/// "no_memory".
[[nodiscard]] std::string_view arrival_name(Arrival how);

struct Arrived {
    Arrival how = Arrival::Silent;
    std::string head;  ///< its very bytes
    std::string rest;  ///< what came with it of the records that follow
    unsigned request = 0;
};

/// Reads the request head: at most `limit` in all, however slowly it drips, and at most
/// HeadScanner::kMostHead bytes. `fd` is a connected unix socket in blocking mode.
[[nodiscard]] Arrived wait_for_head(int fd, Milliseconds limit);

/// True if the peer has closed: one that did so while it waited is not worth serving.
[[nodiscard]] bool hung_up(int fd);

/// Longest time that a single read or write on the socket may take.
void limit_each_transfer(int fd, Milliseconds limit);

}  // namespace portal
