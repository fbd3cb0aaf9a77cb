#include "handlers/page/sibling_settings.h"

#include <utility>

#include "fcgi/config/section.h"
#include "handlers/modules.h"
#include "handlers/site.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

/// A sibling's section; whether plain HTTP will do depends on the mode of this portal.
struct SiblingSection {
    Sibling sibling;
    Site::Mode mode;
};

std::string portal_url(const Value& value, Site::Mode mode) {
    if (value.any().find_first_of("?#") != std::string::npos) {
        value.fail("the address of a home page, without a query");
    }
    if (mode == Site::Mode::Local) return value.url({"https://", "http://"});
    return value.url({"https://"});
}

constexpr Key<SiblingSection> kSibling[] = {
    {"title", kRequired, nullptr, [](SiblingSection& s) -> LocalText& { return s.sibling.title; }},
    {"url", kRequired,
     [](SiblingSection& s, const Value& v) { s.sibling.url = portal_url(v, s.mode); }},
    {"modules", kOptional,
     [](SiblingSection& s, const Value& v) { s.sibling.modules = module_names(v); }},
};

}  // namespace

/// Portals of one site mostly show the same modules.
void read_sibling(const ini::File& file, const ini::Section& section, Site& site) {
    SiblingSection read{{.title = {}, .url = {}, .modules = site.modules}, site.mode};
    config::read_section<SiblingSection>(file, section, kSibling, read);
    site.siblings.push_back(std::move(read.sibling));
}

}  // namespace portal
