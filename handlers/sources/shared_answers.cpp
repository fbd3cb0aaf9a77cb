#include "handlers/sources/shared_answers.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

namespace portal {
namespace {

constexpr auto kGlance = std::chrono::milliseconds{3};  // between two looks at a place in work

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

struct SharedAnswers::Place {
    std::int64_t made_at;  ///< Unix seconds; 0: empty
    std::uint64_t size;
    std::array<char, kLongest> text;
};

/// A place for one process alone, by a record lock: the kernel takes it back when the process ends.
class SharedAnswers::Lock {
 public:
    Lock(int file, std::size_t place) : file_(file), place_(place) { held_ = set(F_WRLCK); }
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
        record.l_start = static_cast<off_t>(place_);
        record.l_len = 1;
        return fcntl(file_, F_SETLK, &record) == 0;
    }

    int file_;
    std::size_t place_;
    bool held_ = false;
};

SharedAnswers::SharedAnswers(const Clock& clock, std::size_t places)
    : clock_(clock), places_(places) {
    if (places == 0) return;
    const std::size_t size = places * sizeof(Place);
    file_ = memfd_create("userportal-answers", MFD_CLOEXEC);
    if (file_ < 0) fail("memfd_create");
    if (ftruncate(file_, static_cast<off_t>(size)) != 0) fail("ftruncate");
    memory_ = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
    if (memory_ == MAP_FAILED) fail("mmap");
}

SharedAnswers::~SharedAnswers() {
    if (memory_ != nullptr) munmap(memory_, places_ * sizeof(Place));
    if (file_ >= 0) close(file_);
}

SharedAnswers::Place& SharedAnswers::at(std::size_t place) const {
    if (place >= places_) throw std::logic_error("there is no such place for an answer");
    return static_cast<Place*>(memory_)[place];
}

std::optional<KeptAnswer> SharedAnswers::kept(std::size_t place, Seconds fresh) const {
    const Place& here = at(place);
    const Seconds age{unix_seconds(clock_.now()) - here.made_at};
    const bool young = age.count() >= 0 && age < fresh;  // a clock set back makes it old
    if (here.made_at == 0 || !young || here.size > kLongest) return std::nullopt;
    return KeptAnswer{std::string(here.text.data(), here.size), age};
}

void SharedAnswers::keep(std::size_t place, const std::string& text) const {
    if (text.size() > kLongest) return;
    Place& here = at(place);
    here.made_at = 0;  // whoever dies in the middle leaves it empty
    std::memcpy(here.text.data(), text.data(), text.size());
    here.size = text.size();
    here.made_at = unix_seconds(clock_.now());
}

Result<KeptAnswer> SharedAnswers::get(std::size_t place, Seconds fresh, const Make& make,
                                      Milliseconds patience) {
    const auto made = [&](bool keeps) -> Result<KeptAnswer> {
        auto answer = make();
        if (!answer.ok()) return answer.error();
        if (keeps) keep(place, answer.value());
        return KeptAnswer{std::move(answer).value(), Seconds{0}};
    };
    const auto end = std::chrono::steady_clock::now() + patience;
    do {
        const Lock lock(file_, place);
        if (lock.held()) {
            if (auto found = kept(place, fresh)) return std::move(*found);
            return made(true);
        }
        std::this_thread::sleep_for(kGlance);
    } while (std::chrono::steady_clock::now() < end);
    return made(false);
}

}  // namespace portal
