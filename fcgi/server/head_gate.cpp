#include "fcgi/server/head_gate.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>

#include "fcgi/base/time.h"
#include "fcgi/server/records.h"

namespace portal {
namespace {

void set_timeout(int fd, int option, Milliseconds limit) {
    const auto count = std::max<Milliseconds::rep>(limit.count(), 1);
    const timeval value{count / 1000, (count % 1000) * 1000};
    setsockopt(fd, SOL_SOCKET, option, &value, sizeof value);
}

Arrival arrival_of(HeadScanner::State state) {
    switch (state) {
        case HeadScanner::State::Complete:
            return Arrival::Ready;
        case HeadScanner::State::Broken:
            return Arrival::Broken;
        case HeadScanner::State::TooLong:
            return Arrival::TooLong;
        case HeadScanner::State::More:
            break;
    }
    return Arrival::Silent;
}

/// Reads until the head is whole or cannot become so; `bytes` is all that was read.
Arrival read_head(int fd, HeadScanner& scanner, const Deadline& deadline, std::string& bytes) {
    std::array<char, 16384> buffer{};
    while (true) {
        const auto got = recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got == 0) return Arrival::Gone;
        if (got > 0) {
            const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
            bytes += piece;
            const Arrival arrival = arrival_of(scanner.feed(piece));
            if (arrival != Arrival::Silent) return arrival;
            continue;
        }
        if (errno != EAGAIN && errno != EINTR) return Arrival::Gone;
        if (deadline.passed()) return Arrival::Silent;
        pollfd entry{fd, POLLIN, 0};
        poll(&entry, 1, static_cast<int>(deadline.left().count()) + 1);
    }
}

}  // namespace

HeadScanner::State HeadScanner::feed(std::string_view bytes) {
    while (!bytes.empty() && state_ == State::More) {
        if (content_ > 0 || padding_ > 0) {
            std::size_t& left = content_ > 0 ? content_ : padding_;
            const std::size_t step = std::min(left, bytes.size());
            if (content_ > 0 && params_) content(bytes.substr(0, step));
            left -= step;
            size_ += step;
            bytes.remove_prefix(step);
            continue;
        }
        header_[have_++] = static_cast<unsigned char>(bytes.front());
        ++size_;
        bytes.remove_prefix(1);
        if (have_ == header_.size()) record();
    }
    return state_;
}

void HeadScanner::record() {
    have_ = 0;
    const RecordHeader record = read_record_header(header_);
    const bool first = announced_ == 0;
    content_ = record.content;
    padding_ = record.padding;
    announced_ += header_.size() + content_ + padding_;
    params_ = record.type == kParams;
    if (first) request_ = record.request;
    const bool sound = first ? record.type == kBegin && content_ == kBeginSize : params_;
    if (record.version != kFastCgiVersion || record.request != request_ || request_ == 0 ||
        !sound) {
        return fail();
    }
    if (announced_ > kMostHead) {
        state_ = State::TooLong;
    } else if (params_ && content_ == 0) {
        const bool whole = part_ == Part::NameLength && length_bytes_ == 0 && padding_ == 0;
        state_ = whole ? State::Complete : State::Broken;
    }
}

void HeadScanner::content(std::string_view bytes) {
    while (!bytes.empty() && state_ == State::More) {
        if (part_ != Part::Bytes) {
            pair_byte(static_cast<unsigned char>(bytes.front()));
            bytes.remove_prefix(1);
            continue;
        }
        const std::size_t step = std::min(pair_left_, bytes.size());
        pair_left_ -= step;
        bytes.remove_prefix(step);
        if (pair_left_ == 0) part_ = Part::NameLength;
    }
}

/// A byte of a length: one byte, or four with the highest bit set.
void HeadScanner::pair_byte(unsigned char byte) {
    if (length_bytes_ > 0) {
        length_ = length_ << 8U | byte;
        --length_bytes_;
    } else if ((byte & 0x80U) != 0) {
        length_ = byte & 0x7FU;
        length_bytes_ = 3;
    } else {
        length_ = byte;
    }
    if (length_bytes_ > 0) return;
    if (length_ > kMostHead) return fail();
    pair_left_ += length_;
    if (part_ == Part::NameLength) {
        part_ = Part::ValueLength;
    } else {
        part_ = pair_left_ > 0 ? Part::Bytes : Part::NameLength;
    }
}

std::string_view arrival_name(Arrival how) {
    switch (how) {
        case Arrival::Ready:
            return "ready";
        case Arrival::Silent:
            return "silent";
        case Arrival::Gone:
            return "gone";
        case Arrival::Broken:
            return "not_a_request";
        case Arrival::TooLong:
            return "head_too_long";
        case Arrival::NoMemory:
            return "no_memory";
    }
    return "unknown";
}

Arrived wait_for_head(int fd, Milliseconds limit) {
    HeadScanner scanner;
    Arrived arrived;
    arrived.how = read_head(fd, scanner, Deadline::in(limit), arrived.head);
    if (arrived.how != Arrival::Ready) return {arrived.how, {}, {}, 0};
    if (hung_up(fd)) return {Arrival::Gone, {}, {}, 0};
    arrived.rest = arrived.head.substr(scanner.size());
    arrived.head.resize(scanner.size());
    arrived.request = scanner.request();
    return arrived;
}

bool hung_up(int fd) {
    pollfd entry{fd, 0, 0};
    return poll(&entry, 1, 0) == 1 && (entry.revents & POLLHUP) != 0;
}

void limit_each_transfer(int fd, Milliseconds limit) {
    set_timeout(fd, SO_RCVTIMEO, limit);
    set_timeout(fd, SO_SNDTIMEO, limit);
}

}  // namespace portal
