#include "fcgi/programs/prolog/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace portal::prolog {
namespace {

constexpr Milliseconds kLook{5};

}  // namespace

FileLock::FileLock(const std::string& path)
    : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}

FileLock::~FileLock() {
    if (fd_ >= 0) close(fd_);
}

bool FileLock::take() const {
    return fd_ >= 0 && flock(fd_, LOCK_EX | LOCK_NB) == 0;
}

bool FileLock::take_within(Milliseconds patience) const {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!take()) {
        if (fd_ < 0 || std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::sleep_for(kLook);
    }
    return true;
}

void FileLock::release() const {
    flock(fd_, LOCK_UN);
}

}  // namespace portal::prolog
