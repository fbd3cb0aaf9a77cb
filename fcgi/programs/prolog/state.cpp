#include "fcgi/programs/prolog/state.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <filesystem>
#include <limits>
#include <system_error>

#include "fcgi/base/text.h"

namespace portal::prolog {
namespace {

/// A file without its NUL that nobody has touched for so long is as whole as it will be.
constexpr std::time_t kSettled = 10;
constexpr std::string_view kComponent = "#!/bin/sh\nexit 0\n";

/// A descriptor, closed at the end.
class File {
 public:
    explicit File(const std::string& path)
        : fd_(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)) {}
    ~File() {
        if (fd_ >= 0) close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int fd() const { return fd_; }

 private:
    int fd_;
};

std::string mark_of(const struct stat& status) {
    return std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec) +
           "." + std::to_string(status.st_size);
}

/// Up to `most` bytes; false if the disk fails.
bool read_all(int fd, std::size_t most, std::string& bytes) {
    bytes.resize(most);
    std::size_t have = 0;
    while (have < most) {
        const auto got = ::read(fd, bytes.data() + have, most - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return true;
}

}  // namespace

std::optional<JobId> job_of_folder(std::string_view name) {
    constexpr std::string_view kPrefix = "job.";
    if (!name.starts_with(kPrefix)) return std::nullopt;
    const auto id = text::parse_unsigned(name.substr(kPrefix.size()),
                                         std::numeric_limits<std::uint32_t>::max());
    if (!id || *id == 0) return std::nullopt;
    return JobId{static_cast<std::uint32_t>(*id)};
}

std::string State::path(JobId id) const {
    return folder_ + "/hash." + std::to_string(id.value % 10) + "/job." + std::to_string(id.value) +
           "/script";
}

std::optional<std::string> State::mark(JobId id) const {
    struct stat status {};
    if (lstat(path(id).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return mark_of(status);
}

State::Read State::read(JobId id, std::size_t largest) const {
    const File file(path(id));
    if (file.fd() < 0) return {errno == ENOENT ? Reading::Gone : Reading::Failed, {}};
    struct stat status {};
    if (fstat(file.fd(), &status) != 0 || !S_ISREG(status.st_mode)) return {Reading::Failed, {}};
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > largest + 1) return {Reading::TooLarge, {}};
    Read result{Reading::Script, {}};
    if (!read_all(file.fd(), static_cast<std::size_t>(size), result.bytes)) {
        return {Reading::Failed, {}};
    }
    const bool whole = result.bytes.size() == size && size > 0 && result.bytes.back() == '\0';
    if (!whole && std::time(nullptr) - status.st_mtim.tv_sec < kSettled) {
        return {Reading::Unfinished, {}};
    }
    if (whole) result.bytes.pop_back();
    if (result.bytes.empty()) return {Reading::Gone, {}};
    if (result.bytes == kComponent) return {Reading::Component, {}};
    if (result.bytes.size() > largest) return {Reading::TooLarge, {}};
    return result;
}

std::vector<JobId> State::jobs() const {
    namespace fs = std::filesystem;
    std::vector<JobId> jobs;
    std::error_code error;
    for (unsigned hash = 0; hash < 10; ++hash) {
        auto entry = fs::directory_iterator(folder_ + "/hash." + std::to_string(hash), error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
            if (const auto id = job_of_folder(entry->path().filename().string())) {
                jobs.push_back(*id);
            }
        }
    }
    return jobs;
}

}  // namespace portal::prolog
