#include "handlers/sources/settled_answers.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <system_error>
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

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

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

/// The memory for one process alone, by a record lock: the kernel takes it back when the process
/// ends. Nobody waits long for it: without the lock there is no answer, and it is asked for. What a
/// worker left half done is thrown away.
class SettledAnswers::Lock {
 public:
    explicit Lock(const SettledAnswers& answers) : file_(answers.file_) {
        held_ = set(F_WRLCK);
        Head& head = answers.head();
        if (!held_ || head.changes_begun == head.changes_done) return;
        head.entries = {};
        head.changes_done = head.changes_begun;
    }
    ~Lock() {
        if (held_) set(F_UNLCK);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    [[nodiscard]] bool held() const { return held_; }

 private:
    bool set(short kind) const {
        struct flock record {};
        record.l_type = kind;
        record.l_whence = SEEK_SET;
        for (int tries = 0; tries < kTries; ++tries) {
            if (fcntl(file_, F_SETLK, &record) == 0) return true;
            std::this_thread::sleep_for(kGlance);
        }
        return false;
    }

    int file_;
    bool held_ = false;
};

SettledAnswers::SettledAnswers(std::size_t room) : room_(room) {
    file_ = memfd_create("userportal-settled", MFD_CLOEXEC);
    if (file_ < 0) fail("memfd_create");
    const std::size_t size = sizeof(Head) + room_;
    if (ftruncate(file_, static_cast<off_t>(size)) != 0) fail("ftruncate");
    memory_ = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
    if (memory_ == MAP_FAILED) fail("mmap");
}

SettledAnswers::~SettledAnswers() {
    munmap(memory_, sizeof(Head) + room_);
    close(file_);
}

SettledAnswers::Head& SettledAnswers::head() const {
    return *static_cast<Head*>(memory_);
}

char* SettledAnswers::at(std::uint64_t position) const {
    return static_cast<char*>(memory_) + sizeof(Head) + position % room_;
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
    const Lock lock(*this);
    if (!lock.held() || key.empty()) return std::nullopt;
    auto found = read(key);
    Counts& counts = head().counts;
    ++(found ? counts.found : counts.missed);
    return found;
}

void SettledAnswers::keep(std::string_view key, std::string_view text) {
    const std::size_t size = key.size() + text.size();
    if (key.empty() || text.size() > kLongest || size > room_) return;
    const Lock lock(*this);
    if (!lock.held()) return;
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
    const Lock lock(*this);
    return head().counts;
}

}  // namespace portal
