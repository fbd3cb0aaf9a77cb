#include "fcgi/server/head_gate.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>

#include "fcgi/base/time.h"

namespace portal {
namespace {

constexpr std::size_t kMostHead = std::size_t{1} << 20U;
constexpr unsigned char kVersion = 1;
constexpr unsigned char kBegin = 1;
constexpr unsigned char kParams = 4;
constexpr unsigned char kStdin = 5;

void set_timeout(int fd, int option, Milliseconds limit) {
    const auto count = std::max<Milliseconds::rep>(limit.count(), 1);
    const timeval value{count / 1000, (count % 1000) * 1000};
    setsockopt(fd, SOL_SOCKET, option, &value, sizeof value);
}

void set_peek_offset(int fd, int offset) {
    setsockopt(fd, SOL_SOCKET, SO_PEEK_OFF, &offset, sizeof offset);
}

/// Result of feeding a scanner; Silent: more is needed.
Arrival arrival_of(HeadScanner::State state) {
    if (state == HeadScanner::State::Complete) return Arrival::Ready;
    return state == HeadScanner::State::Broken ? Arrival::Broken : Arrival::Silent;
}

Arrival scan(int fd, HeadScanner& scanner, const Deadline& deadline) {
    std::array<char, 16384> buffer{};
    while (true) {
        const auto got = recv(fd, buffer.data(), buffer.size(), MSG_PEEK | MSG_DONTWAIT);
        if (got == 0) return Arrival::Gone;
        if (got > 0) {
            const auto arrival =
                arrival_of(scanner.feed({buffer.data(), static_cast<std::size_t>(got)}));
            if (arrival != Arrival::Silent) return arrival;
            continue;
        }
        if (errno != EAGAIN && errno != EINTR) return Arrival::Gone;
        if (deadline.passed()) return Arrival::Silent;
        // A plain poll would return at once for bytes already peeked: a blocking peek waits for
        // bytes after the offset.
        set_timeout(fd, SO_RCVTIMEO, deadline.left());
        char one = 0;
        if (recv(fd, &one, 1, MSG_PEEK) == 1) {
            const auto arrival = arrival_of(scanner.feed({&one, 1}));
            if (arrival != Arrival::Silent) return arrival;
        }
    }
}

}  // namespace

HeadScanner::State HeadScanner::feed(std::string_view bytes) {
    while (!bytes.empty() && state_ != State::Broken && !whole_) {
        if (skip_ > 0) {
            const std::size_t step = std::min(skip_, bytes.size());
            skip_ -= step;
            bytes.remove_prefix(step);
            continue;
        }
        header_[have_++] = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        if (have_ == header_.size()) record();
    }
    return state_;
}

void HeadScanner::record() {
    have_ = 0;
    const bool first = total_ == 0;
    const std::size_t content = header_[4] * std::size_t{256} + header_[5];
    skip_ = content + header_[6];
    total_ += header_.size() + skip_;
    const bool long_head = state_ == State::More && total_ > kMostHead;
    if (header_[0] != kVersion || (first && header_[1] != kBegin) || long_head) {
        state_ = State::Broken;
    } else if (header_[1] == kParams && content == 0) {
        state_ = State::Complete;
    } else if (header_[1] == kStdin && content == 0) {
        whole_ = state_ == State::Complete;
    }
}

bool hung_up(int fd) {
    pollfd entry{fd, 0, 0};
    return poll(&entry, 1, 0) == 1 && (entry.revents & POLLHUP) != 0;
}

Arrived wait_for_head(int fd, Milliseconds limit) {
    HeadScanner scanner;
    set_peek_offset(fd, 0);
    const Arrival how = scan(fd, scanner, Deadline::in(limit));
    set_peek_offset(fd, -1);
    if (how == Arrival::Ready && hung_up(fd)) return {Arrival::Gone, false};
    return {how, scanner.whole()};
}

void limit_each_transfer(int fd, Milliseconds limit) {
    set_timeout(fd, SO_RCVTIMEO, limit);
    set_timeout(fd, SO_SNDTIMEO, limit);
}

}  // namespace portal
