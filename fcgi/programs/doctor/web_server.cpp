#include "fcgi/programs/doctor/web_server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <system_error>
#include <vector>

#include "fcgi/programs/doctor/certificate.h"
#include "fcgi/programs/doctor/words.h"

namespace portal::doctor {
namespace {

namespace fs = std::filesystem;

constexpr Seconds kSoon = 21 * kDay;

using Defines = std::map<std::string, std::string>;

/// A value without its quotes, with the definitions so far in the place of ${NAME}.
std::string expanded(std::string value, const Defines& known) {
    value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
    for (auto begin = value.find("${"); begin != std::string::npos; begin = value.find("${")) {
        const auto end = value.find('}', begin);
        if (end == std::string::npos) break;
        const auto found = known.find(value.substr(begin + 2, end - begin - 2));
        value.replace(begin, end - begin + 1, found == known.end() ? "" : found->second);
    }
    return value;
}

/// The `Define NAME VALUE` lines of a virtual host as they hold for the portal below `base`, where
/// it is included; one file may hold several.
Defines defines_of(std::istream& file, const std::string& base) {
    Defines all;
    Defines own;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string directive;
        std::string name;
        std::string value;
        words >> directive >> name >> value;
        if (directive == "Define") all[name] = expanded(value, all);
        if (directive == "Include" && all["portal_base"] == base) own = all;
    }
    return own.empty() ? all : own;
}

/// Of a chain the first certificate counts, of a bundle of authorities the one that ends last.
enum class Holds { Chain, Authorities };

void examine_certificate(const std::string& subject, const std::string& file, Holds holds,
                         const Clock& clock, Report& report) {
    if (file.empty()) return;
    const std::vector<Instant> ends = ends_of_certificates(file);
    if (ends.empty()) return report.fail(subject, "there is no certificate in " + file);
    const Instant end =
        holds == Holds::Chain ? ends.front() : *std::max_element(ends.begin(), ends.end());
    const Seconds left = end - clock.now();
    const std::string text = file + " ends " + written(end);
    if (left <= Seconds{0}) {
        report.fail(subject, file + " has ended " + written(end));
    } else if (left < kSoon) {
        report.warn(subject, text + ", in " + lasting(left));
    } else {
        report.ok(subject, text);
    }
}

/// Empty if somebody listens there; else why not.
std::string connection_error(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return "the path is too long";
    std::copy(path.begin(), path.end(), std::begin(address.sun_path));
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool good =
        fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const int cause = errno;
    const std::string error = good              ? ""
                              : cause == EAGAIN ? "its queue is full: the pool takes nothing"
                                                : std::generic_category().message(cause);
    if (fd >= 0) close(fd);
    return error;
}

void examine_socket(const std::string& subject, const std::string& path, Report& report) {
    if (path.empty()) return;
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) {
        return report.fail(subject, path + " is no socket: does the pool run?");
    }
    if ((status.st_mode & S_IWOTH) != 0) {
        return report.fail(subject, path +
                                        " is open to everybody on this machine, who could "
                                        "claim to be anybody: 0660, group of the web server");
    }
    const std::string error = connection_error(path);
    if (error.empty()) {
        report.ok(subject, "somebody listens at " + path);
    } else {
        report.fail(subject, path + ": " + error);
    }
}

void examine_folder(const std::string& subject, const std::string& path, Report& report) {
    if (path.empty()) return;
    std::error_code error;
    if (fs::is_directory(path, error)) {
        report.ok(subject, path);
    } else {
        report.fail(subject, path + " is no folder");
    }
}

void examine_spool(const Site& site, const Clock& clock, Report& report) {
    const std::string& folder = site.audit.spool;
    if (!site.audit.enabled || !site.scripts.enabled) return;
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        if (fs::is_directory(fs::path(folder).parent_path(), error)) return;
        return report.fail("audit", "the folder above " + folder +
                                        " is missing: records of who "
                                        "looked at whose data could get lost");
    }
    std::size_t waiting = 0;
    Instant oldest = clock.now();
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        struct stat status {};
        if (entry->path().extension() != ".view") continue;
        if (stat(entry->path().c_str(), &status) != 0) continue;
        ++waiting;
        oldest = std::min(oldest, from_unix(status.st_mtime));
    }
    if (error) return report.warn("audit", folder + ": " + error.message());
    const std::string text = std::to_string(waiting) + " records wait in " + folder;
    const Seconds age = clock.now() - oldest;
    if (age > Seconds{120}) return report.warn("audit", text + " since " + lasting(age));
    report.ok("audit", text);
}

void examine_authorities(const Config& config, const Clock& clock, Report& report) {
    examine_certificate("ca of prometheus", config.prometheus.ca_file, Holds::Authorities, clock,
                        report);
    examine_certificate("ca of slurm", config.slurm.tls_ca_file, Holds::Authorities, clock, report);
    examine_certificate("ca of ldap", config.ldap.tls_ca_file, Holds::Authorities, clock, report);
    examine_certificate("ca of database", config.database.tls_ca_file, Holds::Authorities, clock,
                        report);
    for (const robinhood::Settings& settings : config.robinhood) {
        examine_certificate("ca of robinhood " + settings.name, settings.tls_ca_file,
                            Holds::Authorities, clock, report);
    }
}

}  // namespace

void examine_web_server(const std::string& file, const Config& config, const Clock& clock,
                        Report& report) {
    examine_authorities(config, clock, report);
    examine_spool(config.site, clock, report);
    std::ifstream stream(file);
    if (!stream) {
        return report.warn("web server", "the virtual host " + file +
                                             " cannot be read: its certificate and sockets were "
                                             "not looked at (--web-server FILE)");
    }
    Defines defines = defines_of(stream, config.site.base_path + "/");
    examine_certificate("certificate", defines["portal_certificate"], Holds::Chain, clock, report);
    examine_socket("socket of pages", defines["portal_pages"], report);
    if (config.site.scripts.enabled) {
        examine_socket("socket of api", defines["portal_api"], report);
    }
    examine_folder("static files", defines["portal_static"], report);
}

}  // namespace portal::doctor
