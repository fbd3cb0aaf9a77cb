#include "handlers/sources/own/audit_spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <system_error>
#include <utility>

#include "fcgi/base/log.h"
#include "fcgi/base/text.h"
#include "fcgi/base/time.h"
#include "fcgi/base/url.h"

namespace portal::database {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr std::size_t kRemembered = 1024;
constexpr std::size_t kMostHeld = 1000;
/// A request may come meanwhile.
constexpr Milliseconds kLongestDrain{300};
constexpr Seconds kBetweenLooks{10};
constexpr std::string_view kEnding = ".view";
constexpr std::string_view kDraft = ".new";
/// A draft has its name at once; one as old as this is of a worker that was killed.
constexpr Seconds kOldDraft{60};
constexpr std::string_view kBroken = ".unreadable";

/// A view as the text of its file: the form of a query, since names may hold anything.
std::string written(const View& view) {
    std::string text = "when=" + std::to_string(unix_seconds(view.when));
    text.append("&viewer=").append(url::encode(view.viewer.value));
    text.append("&kind=").append(kind_name(view.subject.kind));
    text.append("&subject=").append(url::encode(view.subject.name));
    text.append("&page=").append(url::encode(view.page));
    text.append("&request=").append(url::encode(view.request_id));
    return text;
}

std::optional<View> read_view(const std::string& text) {
    const auto pairs = url::parse_query(text);
    if (!pairs) return std::nullopt;
    const std::map<std::string, std::string> fields(pairs->begin(), pairs->end());
    const auto field = [&](const char* name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    };
    const auto when = text::parse_unsigned(field("when"), 1ULL << 40U);
    const auto kind = kind_named(field("kind"));
    const bool whole = fields.contains("request");  // it comes last
    if (!whole || !when || !kind || field("viewer").empty() || field("subject").empty()) {
        return std::nullopt;
    }
    return View{from_unix(static_cast<std::int64_t>(*when)),
                {field("viewer")},
                {*kind, field("subject")},
                field("page"),
                field("request")};
}

/// Files of that ending, the oldest first as their names begin with the time.
std::vector<std::string> files_in(const std::string& folder, std::string_view ending) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::string name = entry->path().filename();
        if (name.ends_with(ending)) names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// 0, or the error of the first step that failed.
int write_whole(const std::string& path, const std::string& text) {
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return errno;
    int error = 0;
    const ssize_t length = write(fd, text.data(), text.size());
    if (length < 0) error = errno;
    if (length >= 0 && length != static_cast<ssize_t>(text.size())) error = ENOSPC;
    if (error == 0 && fdatasync(fd) != 0) error = errno;
    if (close(fd) != 0 && error == 0) error = errno;
    return error;
}

void note(const View& view) {
    log::write(log::Level::Information, "audit.view",
               {{"viewer", view.viewer.value},
                {"of", kind_name(view.subject.kind)},
                {"subject", view.subject.name},
                {"page", view.page}});
}

}  // namespace

AuditSpool::AuditSpool(std::string folder, Target target)
    : folder_(std::move(folder)), target_(target), recent_(kRemembered) {}

std::string AuditSpool::path_of(const std::string& name) const {
    return folder_ + '/' + name;
}

/// Each place remembers the last view that fell on it; the database knows the rest.
bool AuditSpool::is_new(const View& view) const {
    std::string key = view.viewer.value + '\n' + std::to_string(view.period()) + '\n';
    key.append(kind_name(view.subject.kind)).append("\n").append(view.subject.name);
    key.append("\n").append(view.page);
    const std::uint64_t hash = std::hash<std::string>{}(key) | 1U;
    return recent_[hash / 2 % kRemembered].exchange(hash) != hash;
}

void AuditSpool::keep(const View& view) {
    if (!is_new(view)) return;
    note(view);
    if (target_ == Target::LogOnly) return;
    next_look_ = {};
    const int error = write_file(written(view), kEnding);
    if (error == 0) return;
    complain(error);
    if (held_.size() < kMostHeld) held_.push_back(view);
}

void AuditSpool::complain(int error) const {
    log::write(log::Level::Error, "audit.no_spool",
               {{"folder", folder_}, {"reason", std::generic_category().message(error)}});
}

void AuditSpool::prove() {
    constexpr std::string_view kProof = ".proof";
    if (target_ == Target::LogOnly) return;
    if (const int error = write_file("proof", kProof)) return complain(error);
    for (const std::string& name : files_in(folder_, kProof)) unlink(path_of(name).c_str());
}

/// The file has its name only once it is whole.
int AuditSpool::write_file(const std::string& text, std::string_view ending) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    const std::string name = std::to_string(microseconds) + '-' + std::to_string(getpid()) + '-' +
                             std::to_string(++files_);
    const std::string draft = path_of(name + std::string(kDraft));
    int error = write_whole(draft, text);
    if (error == ENOENT && mkdir(folder_.c_str(), 0700) == 0) error = write_whole(draft, text);
    if (error != 0) {
        unlink(draft.c_str());
        return error;
    }
    return rename(draft.c_str(), path_of(name + std::string(ending)).c_str()) == 0 ? 0 : errno;
}

std::uint64_t AuditSpool::waiting() const {
    if (target_ == Target::LogOnly) return 0;
    return files_in(folder_, kEnding).size() + held_.size();
}

bool AuditSpool::due() const {
    return target_ == Target::Database && steady_clock::now() >= next_look_;
}

void AuditSpool::drain(PortalDb& database) {
    next_look_ = steady_clock::now() + kBetweenLooks;
    adopt_drafts();
    while (!held_.empty() && database.note_view(held_.back()).ok()) held_.pop_back();
    const Deadline end = Deadline::in(kLongestDrain);
    for (const std::string& name : files_in(folder_, kEnding)) {
        if (!store_file(name, database)) return;
        if (end.passed()) {
            next_look_ = {};  // the rest at the next pause
            return;
        }
    }
}

/// Gives a name to what a worker wrote and had no time to name.
void AuditSpool::adopt_drafts() const {
    for (const std::string& name : files_in(folder_, kDraft)) {
        const std::string path = path_of(name);
        std::error_code gone;
        const auto written = fs::last_write_time(path, gone);
        if (gone || fs::file_time_type::clock::now() - written < kOldDraft) continue;
        const std::string base = path.substr(0, path.size() - kDraft.size());
        [[maybe_unused]] const int moved =
            rename(path.c_str(), (base + std::string(kEnding)).c_str());
    }
}

/// False if the database did not take it: then it stays.
bool AuditSpool::store_file(const std::string& name, PortalDb& database) const {
    const std::string path = path_of(name);
    std::ifstream file(path);
    if (!file) return true;  // another worker has stored it meanwhile
    std::string text;
    std::getline(file, text);
    const auto view = read_view(text);
    if (!view) {
        log::write(log::Level::Error, "audit.unreadable", {{"file", path}});
        [[maybe_unused]] const int moved =
            rename(path.c_str(), (path + std::string(kBroken)).c_str());
        return true;
    }
    const auto stored = database.note_view(*view);
    if (!stored.ok()) {
        log::write(
            log::Level::Warning, "audit.waits",
            {{"fault", fault_name(stored.error().fault)}, {"detail", stored.error().detail}});
        return false;
    }
    unlink(path.c_str());
    return true;
}

}  // namespace portal::database
