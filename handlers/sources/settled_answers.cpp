#include "handlers/sources/settled_answers.h"

#include <array>
#include <chrono>
#include <cstring>
#include <functional>
#include <thread>

namespace portal {
namespace {

constexpr std::size_t kEntries = 4096;
constexpr int kTries = 40;
constexpr auto kGlance = std::chrono::microseconds{100};  // between two looks at the lock

/// Where an answer lies: bytes are written one after the other, round and round.
struct Entry {
    std::uint64_t position;  ///< of all bytes ever written
    std::uint32_t key_size;  ///< 0: no answer
    std::uint32_t text_size;
};

std::size_t entry_of(std::string_view key) {
    return std::hash<std::string_view>{}(key) % kEntries;
}

}  // namespace

struct SettledAnswers::Head {
    std::uint64_t written;  ///< bytes ever written
    std::uint64_t changes_begun;
    std::uint64_t changes_done;  ///< fewer than begun: a worker died in the middle
    Counts counts;
    std::array<Entry, kEntries> entries;
};

/// The memory for one process alone. Nobody waits long for it: without it there is no answer, and
/// it is asked for. What a worker left half done is thrown away.
class SettledAnswers::Turn {
 public:
    explicit Turn(const SettledAnswers& answers) {
        for (int tries = 0; tries < kTries; ++tries) {
            lock_.emplace(answers.memory_, 0);
            if (lock_->held()) {
                clean(answers.head());
                return;
            }
            lock_.reset();
            std::this_thread::sleep_for(kGlance);
        }
    }

    [[nodiscard]] bool held() const { return lock_.has_value(); }

 private:
    static void clean(Head& head) {
        if (head.changes_begun == head.changes_done) return;
        head.entries = {};
        head.changes_done = head.changes_begun;
    }

    std::optional<SharedMemory::Lock> lock_;
};

SettledAnswers::SettledAnswers(std::size_t room)
    : room_(room), memory_("userportal-settled", sizeof(Head) + room) {}

SettledAnswers::Head& SettledAnswers::head() const {
    return *static_cast<Head*>(memory_.data());
}

char* SettledAnswers::at(std::uint64_t position) const {
    return static_cast<char*>(memory_.data()) + sizeof(Head) + position % room_;
}

void SettledAnswers::put(std::uint64_t position, std::string_view bytes) const {
    std::memcpy(at(position), bytes.data(), bytes.size());
}

std::optional<std::string> SettledAnswers::read(std::string_view key) const {
    const Head& here = head();
    const Entry& entry = here.entries.at(entry_of(key));
    const bool overwritten = here.written - entry.position > room_;
    if (entry.key_size != key.size() || overwritten) return std::nullopt;
    if (std::memcmp(at(entry.position), key.data(), key.size()) != 0) return std::nullopt;
    return std::string(at(entry.position) + entry.key_size, entry.text_size);
}

std::optional<std::string> SettledAnswers::find(std::string_view key) {
    const Turn turn(*this);
    if (!turn.held() || key.empty()) return std::nullopt;
    auto found = read(key);
    Counts& counts = head().counts;
    ++(found ? counts.found : counts.missed);
    return found;
}

void SettledAnswers::keep(std::string_view key, std::string_view text) {
    const std::size_t size = key.size() + text.size();
    if (key.empty() || text.size() > kLongest || size > room_) return;
    const Turn turn(*this);
    if (!turn.held()) return;
    Head& here = head();
    ++here.changes_begun;
    // An answer lies in one piece: what is left before the end of the room stays unused.
    const std::uint64_t left = room_ - here.written % room_;
    const std::uint64_t position = here.written + (size > left ? left : 0);
    here.written = position + size;
    put(position, key);
    put(position + key.size(), text);
    here.entries.at(entry_of(key)) = {position, static_cast<std::uint32_t>(key.size()),
                                      static_cast<std::uint32_t>(text.size())};
    ++here.counts.kept;
    ++here.changes_done;
}

SettledAnswers::Counts SettledAnswers::counts() const {
    const Turn turn(*this);
    return head().counts;
}

}  // namespace portal
