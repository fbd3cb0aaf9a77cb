#include "handlers/access/audit_settings.h"

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kOptional = Presence::Optional;

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

void read_audit(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<AuditSettings>(file, section, kAudit, site.audit);
}

}  // namespace portal
