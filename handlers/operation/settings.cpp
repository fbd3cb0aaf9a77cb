#include "handlers/operation/settings.h"

#include "fcgi/config/section.h"
#include "fcgi/http/network.h"
#include "handlers/site.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kOptional = Presence::Optional;

std::string networks(const Value& value) {
    if (!network::is_list(value.any())) value.fail("addresses or ADDRESS/BITS, comma separated");
    return value.any();
}

constexpr Key<OperationSettings> kOperation[] = {
    {"networks", kOptional, [](OperationSettings& s, const Value& v) { s.networks = networks(v); }},
};

}  // namespace

void read_operation(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<OperationSettings>(file, section, kOperation, site.operation);
}

}  // namespace portal
