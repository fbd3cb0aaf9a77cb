#include "handlers/sources/prometheus/settings.h"

#include "fcgi/config/section.h"
#include "handlers/sources/prometheus/promql.h"

namespace portal::prometheus {
namespace {

using namespace config;

constexpr Key<Settings> kPrometheus[] = {
    {"url", kRequired,
     [](Settings& s, const Value& v) {
         s.url = v.url({"http://", "https://"});
     }},
    {"matcher", kOptional, [](Settings& s, const Value& v) { s.matcher = matcher_of(v); }},
    {"timeout_ms", kOptional, [](Settings& s, const Value& v) { s.timeout = v.milliseconds(); }},
    {"retention_days", kOptional,
     [](Settings& s, const Value& v) { s.retention = std::chrono::hours{24 * v.whole(1, 36500)}; }},
    {"ca_file", kOptional, [](Settings& s, const Value& v) { s.ca_file = v.file_or_empty(); }},
    {"verify_tls", kOptional, [](Settings& s, const Value& v) { s.verify_tls = v.flag(); }},
};

constexpr Key<Settings> kPrometheusSecrets[] = {
    {"user", kOptional, [](Settings& s, const Value& v) { s.user = v.any(); }},
    {"password", kOptional, [](Settings& s, const Value& v) { s.password.value = v.any(); }},
    {"bearer", kOptional,
     [](Settings& s, const Value& v) {
         if (!s.user.empty() && !v.any().empty()) {
             v.fail("either user and password, or bearer");
         }
         s.bearer.value = v.any();
     }},
};

}  // namespace

std::string matcher_of(const Value& value) {
    if (!promql::parse_site_matchers(value.any()).valid) {
        value.fail("matchers such as cluster=\"narval\", comma separated");
    }
    return value.any();
}

void read_section(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kPrometheus, settings);
}

void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kPrometheusSecrets, settings);
}

}  // namespace portal::prometheus
