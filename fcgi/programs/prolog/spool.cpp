#include "fcgi/programs/prolog/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <system_error>

#include "fcgi/base/text.h"
#include "fcgi/programs/prolog/file_lock.h"
#include "fcgi/programs/prolog/log.h"

namespace portal::prolog {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostEntries = 100'000;
constexpr Seconds kForgetEvery = std::chrono::hours{1};
constexpr std::size_t kTimeDigits = 20;
/// Others read one small file each meanwhile. The hook itself has long ended.
constexpr Milliseconds kPatience{2000};

std::optional<JobId> job_number(std::string_view digits) {
    const auto id = text::parse_unsigned(digits, std::numeric_limits<std::uint32_t>::max());
    if (!id || *id == 0) return std::nullopt;
    return JobId{static_cast<std::uint32_t>(*id)};
}

/// Names in a folder; none if it cannot be read.
std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    auto entry = fs::directory_iterator(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    return names;
}

/// TIME.ID of the queue.
std::optional<Spool::Entry> entry_of(const std::string& folder, const std::string& name) {
    const auto point = name.find('.');
    if (point != kTimeDigits) return std::nullopt;
    const auto time =
        text::parse_unsigned(name.substr(0, point), std::numeric_limits<std::uint64_t>::max());
    const auto id = job_number(name.substr(point + 1));
    if (!time || !id) return std::nullopt;
    return Spool::Entry{folder + "/" + name, *id, *time};
}

/// Writes a whole file that is on disk when this returns.
bool write_file(const std::string& path, const std::string& bytes) {
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto wrote = ::write(fd, bytes.data() + done, bytes.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) break;
        done += static_cast<std::size_t>(wrote);
    }
    const bool whole = done == bytes.size() && fsync(fd) == 0;
    return close(fd) == 0 && whole;
}

}  // namespace

Spool::Spool(const Settings& settings)
    : settings_(settings), folder_(settings.spool), clock_(folder_ + "/clock") {
    for (const char* kind : {"", "/wanted", "/queue", "/seen", "/new"}) {
        const std::string path = folder_ + kind;
        if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
            throw std::runtime_error("cannot make the folder " + path);
        }
    }
}

std::string Spool::file(const char* kind, JobId id) const {
    return folder_ + "/" + kind + "/" + std::to_string(id.value);
}

void Spool::want(JobId id) const {
    const int fd = open(file("wanted", id).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) close(fd);
}

std::vector<JobId> Spool::wanted() const {
    std::vector<JobId> jobs;
    for (const std::string& name : names_in(folder_ + "/wanted")) {
        if (const auto id = job_number(name)) jobs.push_back(*id);
    }
    return jobs;
}

bool Spool::has_room(std::size_t size) const {
    struct statvfs disk {};
    if (statvfs(folder_.c_str(), &disk) != 0) return false;
    const std::uint64_t free = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
    if (free < settings_.keep_free + size) return false;
    std::uint64_t total = size;
    const auto entries = queue();
    for (const Entry& entry : entries) {
        struct stat status {};
        if (stat(entry.path.c_str(), &status) != 0) continue;
        total += static_cast<std::uint64_t>(status.st_size);
    }
    return total <= settings_.most_spooled && entries.size() < kMostEntries;
}

bool Spool::put(JobId id, const std::string& bytes) const {
    std::string time = std::to_string(clock_.now_us());
    time.insert(0, kTimeDigits - std::min(time.size(), kTimeDigits), '0');
    const std::string name = time + "." + std::to_string(id.value);
    // A name of its own for each process: what one that was killed leaves is overwritten or old.
    const std::string fresh = folder_ + "/new/" + name + "." + std::to_string(getpid());
    if (write_file(fresh, bytes) &&
        rename(fresh.c_str(), (folder_ + "/queue/" + name).c_str()) == 0) {
        return true;
    }
    unlink(fresh.c_str());
    return false;
}

void Spool::note_seen(JobId id, const std::string& mark) const {
    const std::string path = file("seen", id);
    const std::string fresh =
        folder_ + "/new/seen." + std::to_string(id.value) + "." + std::to_string(getpid());
    unlink(fresh.c_str());
    if (symlink(mark.c_str(), fresh.c_str()) == 0) rename(fresh.c_str(), path.c_str());
}

bool Spool::was_seen(JobId id, const std::string& mark) const {
    std::array<char, 128> seen{};
    const auto length = readlink(file("seen", id).c_str(), seen.data(), seen.size());
    return length > 0 && std::string_view(seen.data(), static_cast<std::size_t>(length)) == mark;
}

void Spool::forget_wanted(JobId id) const {
    unlink(file("wanted", id).c_str());
}

Spool::Taken Spool::take(JobId id, const State& state) const {
    const auto mark = state.mark(id);
    Taken taken = Taken::Later;
    if (!mark) {
        taken = Taken::Nothing;
    } else if (was_seen(id, *mark)) {
        taken = Taken::Known;
    } else {
        const FileLock lock(folder_ + "/reading");
        // Whoever had the lock may have read this very script.
        if (lock.take_within(kPatience)) {
            taken = was_seen(id, *mark) ? Taken::Known : take_new(id, state, *mark);
        }
    }
    if (taken != Taken::Later) forget_wanted(id);
    return taken;
}

/// Only with the lock.
Spool::Taken Spool::take_new(JobId id, const State& state, const std::string& mark) const {
    const State::Read read = state.read(id, settings_.largest);
    switch (read.how) {
        case State::Reading::Script:
            break;
        case State::Reading::Unfinished:
        case State::Reading::Failed:
            return Taken::Later;
        case State::Reading::TooLarge:
            warn("the script of job " + std::to_string(id.value) + " is too large to be sent");
            note_seen(id, mark);
            return Taken::Nothing;
        case State::Reading::Component:
            note_seen(id, mark);
            return Taken::Nothing;
        case State::Reading::Gone:
            return Taken::Nothing;
    }
    clock_.keep();
    if (!has_room(read.bytes.size()) || !put(id, read.bytes)) return Taken::Later;
    note_seen(id, mark);
    return Taken::Queued;
}

std::vector<Spool::Entry> Spool::queue() const {
    const std::string folder = folder_ + "/queue";
    std::vector<Entry> entries;
    for (const std::string& name : names_in(folder)) {
        if (auto entry = entry_of(folder, name)) entries.push_back(std::move(*entry));
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return a.time_us != b.time_us ? a.time_us < b.time_us : a.job < b.job;
    });
    return entries;
}

std::optional<std::string> Spool::bytes(const Entry& entry) const {
    std::ifstream file(entry.path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string content{std::istreambuf_iterator<char>(file), {}};
    return file.bad() ? std::nullopt : std::optional(std::move(content));
}

void Spool::remove(const Entry& entry) const {
    unlink(entry.path.c_str());
}

bool Spool::too_old(const Entry& entry) const {
    const auto keep = std::chrono::duration_cast<std::chrono::microseconds>(settings_.keep);
    return entry.time_us + static_cast<std::uint64_t>(keep.count()) < clock_.now_us();
}

void Spool::forget_old(const State& state) const {
    const std::string stamp = folder_ + "/forgotten";
    const std::time_t now = std::time(nullptr);
    const auto is_old = [&](const std::string& path) {
        struct stat status {};
        return lstat(path.c_str(), &status) == 0 && now - status.st_mtime > kForgetEvery.count();
    };
    if (access(stamp.c_str(), F_OK) == 0 && !is_old(stamp)) return;
    if (!write_file(stamp, "")) return;
    utimensat(AT_FDCWD, stamp.c_str(), nullptr, 0);
    for (const std::string& name : names_in(folder_ + "/seen")) {
        const std::string path = folder_ + "/seen/" + name;
        const auto id = job_number(name);
        if (is_old(path) && (!id || !state.mark(*id))) unlink(path.c_str());
    }
    for (const std::string& name : names_in(folder_ + "/new")) {
        const std::string path = folder_ + "/new/" + name;
        if (is_old(path)) unlink(path.c_str());
    }
}

}  // namespace portal::prolog
