#include "handlers/home/settings.h"

#include <utility>

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

constexpr Key<HomeText> kHome[] = {
    {"title", kRequired, nullptr, [](HomeText& h) -> LocalText& { return h.title; }},
    {"text", kRequired, nullptr, [](HomeText& h) -> LocalText& { return h.text; }},
    {"link", kOptional, [](HomeText& h, const Value& v) { h.link = v.link(); }},
    {"link", kOptional, nullptr, [](HomeText& h) -> LocalText& { return h.link_text; }},
};

}  // namespace

void read_home_text(const ini::File& file, const ini::Section& section, Site& site) {
    HomeText text;
    config::read_section<HomeText>(file, section, kHome, text);
    const std::size_t wanted = text.link.empty() ? 0 : kLanguages.size();
    if (text.link_text.count() != wanted) {
        config::refuse_section(
            file, section, "link, " + config::joined(config::keys_of_text("link")) + " together");
    }
    site.home.push_back(std::move(text));
}

}  // namespace portal
