#include "fcgi/base/network.h"
#include "fcgi/config/config_value.h"

namespace portal::config {
namespace {

constexpr auto kOptional = Presence::Optional;

std::string networks(const Value& value) {
    if (!network::is_list(value.any())) value.fail("addresses or ADDRESS/BITS, comma separated");
    return value.any();
}

constexpr Key<OperationSettings> kOperation[] = {
    {"networks", kOptional, [](OperationSettings& s, const Value& v) { s.networks = networks(v); }},
};

constexpr Key<AuditSettings> kAudit[] = {
    {"enabled", kOptional, [](AuditSettings& s, const Value& v) { s.enabled = v.flag(); }},
    {"show_viewers", kOptional,
     [](AuditSettings& s, const Value& v) { s.show_viewers = v.flag(); }},
    {"spool", kOptional,
     [](AuditSettings& s, const Value& v) {
         if (v.any().empty()) v.fail("an absolute path");
         s.spool = v.file_or_empty();
     }},
};

}  // namespace

void read_operation(const ini::File& file, Config& config) {
    if (const ini::Section* section = find_section(file, "operation")) {
        read_section<OperationSettings>(file, *section, kOperation, config.site.operation);
    }
    if (const ini::Section* section = find_section(file, "audit")) {
        read_section<AuditSettings>(file, *section, kAudit, config.site.audit);
    }
}

}  // namespace portal::config
