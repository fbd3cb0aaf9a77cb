#include "fcgi/programs/prolog/settings.h"

#include <sys/stat.h>

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "fcgi/config/section.h"

namespace portal::prolog {
namespace {

using config::Key;
using config::Naming;
using config::Presence;
using config::read_keys;
using config::SectionKind;
using config::Value;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;
constexpr std::uint64_t kMostMib = 1024 * 1024;
constexpr std::uint64_t kMostKib = 16 * 1024;

std::string folder(const Value& value) {
    std::string path = value.text();
    if (path.front() != '/') value.fail("an absolute path");
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

/// The token must not travel in the clear: http only to this very machine.
std::string address(const Value& value) {
    std::string url = value.text();
    while (!url.empty() && url.back() == '/') url.pop_back();
    const bool here = url.starts_with("http://127.0.0.1:") ||
                      url.starts_with("http://localhost:") ||
                      url.starts_with("http://127.0.0.1/") || url.starts_with("http://localhost/");
    const bool plain = url.find_first_of(" \t\"'<>@?#") == std::string::npos;
    if ((!here && !url.starts_with("https://")) || !plain || !url.ends_with("/api/jobscripts")) {
        value.fail("https://host/api/jobscripts/");
    }
    return url;
}

std::uint64_t mebibytes(const Value& value) {
    return value.whole(1, kMostMib) << 20U;
}

constexpr Key<Settings> kPortal[] = {
    {"url", kRequired, [](Settings& s, const Value& v) { s.url = address(v); }},
    {"token_file", kRequired, [](Settings& s, const Value& v) { s.token_file = folder(v); }},
    {"ca_file", kOptional, [](Settings& s, const Value& v) { s.ca_file = v.file_or_empty(); }},
    {"timeout_ms", kOptional, [](Settings& s, const Value& v) { s.timeout = v.milliseconds(); }},
};

constexpr Key<Settings> kSlurm[] = {
    {"state_save_location", kRequired, [](Settings& s, const Value& v) { s.state = folder(v); }},
    {"interval_s", kOptional, [](Settings& s, const Value& v) { s.interval = v.seconds(); }},
    {"largest_kib", kOptional,
     [](Settings& s, const Value& v) {
         s.largest = static_cast<std::size_t>(v.whole(1, kMostKib)) << 10U;
     }},
};

constexpr Key<Settings> kSpool[] = {
    {"folder", kRequired, [](Settings& s, const Value& v) { s.spool = folder(v); }},
    {"most_mib", kOptional, [](Settings& s, const Value& v) { s.most_spooled = mebibytes(v); }},
    {"keep_free_mib", kOptional, [](Settings& s, const Value& v) { s.keep_free = mebibytes(v); }},
    {"keep_days", kOptional,
     [](Settings& s, const Value& v) { s.keep = std::chrono::hours{24 * v.whole(1, 365)}; }},
};

constexpr SectionKind<Settings> kSections[] = {
    {"portal", Naming::Plain, &read_keys<Settings, kPortal>, kRequired},
    {"slurm", Naming::Plain, &read_keys<Settings, kSlurm>, kRequired},
    {"spool", Naming::Plain, &read_keys<Settings, kSpool>, kRequired},
};

}  // namespace

Settings load_settings(const std::string& file) {
    const ini::File parsed = ini::read(file);
    config::KnownSections known;
    known.add<Settings>(kSections);
    known.check(parsed);
    Settings settings;
    config::read_sections<Settings>(parsed, kSections, settings);
    return settings;
}

Secret read_token(const std::string& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        throw ConfigError(file + ":0: file: expected a file that can be read");
    }
    if ((status.st_mode & 077U) != 0) {
        throw ConfigError(file + ":0: file: expected mode 0600, nothing for group and others");
    }
    const std::string content = ini::read_text(file);
    const std::string_view token =
        text::trim(std::string_view(content).substr(0, content.find('\n')));
    if (token.empty() || !std::all_of(token.begin(), token.end(), &ascii::is_hex_digit)) {
        throw ConfigError(file + ":1: token: expected hexadecimal digits");
    }
    return {std::string(token)};
}

}  // namespace portal::prolog
