#include "handlers/site.h"

#include <algorithm>
#include <string_view>

#include "fcgi/base/ascii.h"
#include "handlers/modules.h"

namespace portal {
namespace {

using namespace config;

std::string cluster_name(const Value& value) {
    // slurmdbd names its tables so, however slurm.conf spells it.
    std::string name = value.any();
    std::transform(name.begin(), name.end(), name.begin(), &ascii::to_lower);
    const bool fits = std::all_of(name.begin(), name.end(), [](char c) {
        return ascii::is_alnum(c) || std::string_view("_-.").find(c) != std::string_view::npos;
    });
    if (name.empty() || name.size() > 40 || !fits) {
        value.fail("Slurm's ClusterName: at most 40 letters, digits, _, - and .");
    }
    return name;
}

std::string base_path(const Value& value) {
    std::string path = value.any();
    while (!path.empty() && path.back() == '/') path.pop_back();
    const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
        return ascii::is_alnum(c) || std::string_view("-._~/").find(c) != std::string_view::npos;
    });
    const bool empty_part = path.find("//") != std::string::npos;
    if (!path.empty() && (path.front() != '/' || !plain || empty_part)) {
        value.fail("nothing, or a path such as /portal");
    }
    return path;
}

constexpr Key<Site> kPortal[] = {
    {"mode", kRequired,
     [](Site& s, const Value& v) {
         s.mode = v.one_of<Site::Mode>(
             {{"production", Site::Mode::Production}, {"local", Site::Mode::Local}});
     }},
    {"cluster", kRequired, [](Site& s, const Value& v) { s.cluster = cluster_name(v); }},
    {"title", kRequired, nullptr, [](Site& s) -> LocalText& { return s.title; }},
    {"base_path", kOptional, [](Site& s, const Value& v) { s.base_path = base_path(v); }},
    {"default_language", kOptional,
     [](Site& s, const Value& v) { s.default_language = v.language(); }},
    {"pseudo_language", kOptional, [](Site& s, const Value& v) { s.pseudo_language = v.flag(); }},
    {"modules", kOptional, [](Site& s, const Value& v) { s.modules = module_names(v); }},
    {"log_queries", kOptional, [](Site& s, const Value& v) { s.log_queries = v.flag(); }},
    {"deadline_ms", kOptional,
     // Apache waits 30 s, a stop of the service 5 s longer than this and 30 s at most.
     [](Site& s, const Value& v) { s.deadline = Milliseconds{v.whole(100, 25000)}; }},
    {"settled_mib", kOptional,
     [](Site& s, const Value& v) { s.settled_mib = static_cast<std::size_t>(v.whole(0, 1024)); }},
    {"contact", kOptional, [](Site& s, const Value& v) { s.contact = v.any(); }},
};

void read_portal(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<Site>(file, section, kPortal, site);
}

void read_exporters(const ini::File& file, const ini::Section& section, Site& site) {
    read_exporter(file, section, site.exporters);
}

constexpr SectionKind<Site> kSections[] = {
    {"portal", Naming::Plain, &read_portal, kRequired},
    {"audit", Naming::Plain, &read_audit},
    {"exporter", Naming::Named, &read_exporters},
    {"gpu", Naming::Named, &read_gpu},
    {"verdict", Naming::Named, &read_verdict},
    {"background", Naming::Plain, &read_background},
};

}  // namespace

std::span<const config::SectionKind<Site>> site_sections() {
    return kSections;
}

}  // namespace portal
