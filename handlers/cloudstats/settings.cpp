#include "handlers/cloudstats/settings.h"

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kRequired = Presence::Required;

using Logins = std::vector<std::string>;
constexpr Key<Logins> kCloud[] = {
    {"members", kRequired, [](Logins& members, const Value& v) { members = v.any_list(); }},
};

}  // namespace

void read_cloud_members(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<Logins>(file, section, kCloud, site.cloud_members[section.name]);
}

}  // namespace portal
