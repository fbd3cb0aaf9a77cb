#include <algorithm>

#include "fcgi/config/config_value.h"
#include "handlers/sources/prometheus/promql.h"

namespace portal::config {
namespace {

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;
constexpr double kMostPercent = 100;

std::string label_name(const Value& value) {
    if (!promql::LabelName::parse(value.any())) value.fail("a label's name");
    return value.any();
}

constexpr Key<QuotaKind> kQuota[] = {
    {"title", kRequired, nullptr, [](QuotaKind& q) -> LocalText& { return q.title; }},
    {"path", kRequired, [](QuotaKind& q, const Value& v) { q.path = v.text(); }},
    {"label", kOptional, [](QuotaKind& q, const Value& v) { q.label = label_name(v); }},
    {"of", kOptional,
     [](QuotaKind& q, const Value& v) {
         using Owner = QuotaKind::Owner;
         q.owner = v.one_of<Owner>({{"user", Owner::User}, {"allocation", Owner::Allocation}});
     }},
    {"inodes", kOptional, [](QuotaKind& q, const Value& v) { q.inodes = v.number(1, 1e15); }},
    {"gib", kOptional, [](QuotaKind& q, const Value& v) { q.gib = v.number(1e-3, 1e12); }},
};

/// A Robinhood database with its file system's title.
struct Robinhood {
    RobinhoodName shown;
    robinhood::Settings settings;
};

void take_holds(Robinhood& robinhood, const Value& value) {
    robinhood.shown.project = robinhood.shown.nearline = false;
    for (const std::string& one : value.list()) {
        if (one != "project" && one != "nearline") value.fail("project, nearline or both");
        (one == "project" ? robinhood.shown.project : robinhood.shown.nearline) = true;
    }
}

constexpr Key<Robinhood> kRobinhood[] = {
    {"title", kRequired, nullptr, [](Robinhood& r) -> LocalText& { return r.shown.title; }},
    {"holds", kOptional, &take_holds},
    {"host", kRequired, [](Robinhood& r, const Value& v) { r.settings.host = v.text(); }},
    {"port", kOptional, [](Robinhood& r, const Value& v) { r.settings.port = v.port(); }},
    {"database", kRequired, [](Robinhood& r, const Value& v) { r.settings.database = v.text(); }},
    {"timeout_ms", kOptional,
     [](Robinhood& r, const Value& v) { r.settings.timeout = v.milliseconds(); }},
    {"tls_ca_file", kOptional,
     [](Robinhood& r, const Value& v) { r.settings.tls_ca_file = v.file_or_empty(); }},
};

constexpr Key<HomeText> kHome[] = {
    {"title", kRequired, nullptr, [](HomeText& h) -> LocalText& { return h.title; }},
    {"text", kRequired, nullptr, [](HomeText& h) -> LocalText& { return h.text; }},
    {"link", kOptional, [](HomeText& h, const Value& v) { h.link = v.link(); }},
    {"link", kOptional, nullptr, [](HomeText& h) -> LocalText& { return h.link_text; }},
};

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
     [](SiblingSection& s, const Value& v) { s.sibling.modules = v.modules(); }},
};

using Logins = std::vector<std::string>;
constexpr Key<Logins> kCloud[] = {
    {"members", kRequired, [](Logins& members, const Value& v) { members = v.any_list(); }},
};

double percent(const Value& value) {
    return value.number(0, kMostPercent);
}

constexpr Key<TopLimits> kTop[] = {
    {"users", kOptional,
     [](TopLimits& t, const Value& v) { t.users = static_cast<unsigned>(v.whole(1, 1000)); }},
    {"cores_good", kOptional, [](TopLimits& t, const Value& v) { t.cores_good = percent(v); }},
    {"cores_poor", kOptional, [](TopLimits& t, const Value& v) { t.cores_poor = percent(v); }},
    {"memory_good", kOptional, [](TopLimits& t, const Value& v) { t.memory_good = percent(v); }},
    {"memory_poor", kOptional, [](TopLimits& t, const Value& v) { t.memory_poor = percent(v); }},
    {"memory_least_gib", kOptional,
     [](TopLimits& t, const Value& v) { t.memory_least_gib = v.number(0, 1e6); }},
    {"largemem_cores_good", kOptional,
     [](TopLimits& t, const Value& v) { t.largemem_cores_good = percent(v); }},
    {"largemem_memory_good", kOptional,
     [](TopLimits& t, const Value& v) { t.largemem_memory_good = percent(v); }},
    {"largemem_memory_least_gib", kOptional,
     [](TopLimits& t, const Value& v) { t.largemem_memory_least_gib = v.number(0, 1e6); }},
    {"largemem_partition", kOptional,
     [](TopLimits& t, const Value& v) { t.largemem_partition = v.text(); }},
    {"largemem_after_min", kOptional,
     [](TopLimits& t, const Value& v) {
         t.largemem_after = std::chrono::minutes{v.whole(0, 100'000)};
     }},
    {"largemem_eligible_days", kOptional,
     [](TopLimits& t, const Value& v) {
         t.largemem_eligible = std::chrono::days{v.whole(1, 3650)};
     }},
    {"lustre_users", kOptional,
     [](TopLimits& t, const Value& v) { t.lustre_users = static_cast<unsigned>(v.whole(1, 50)); }},
};

void read_quota(const ini::File& file, const ini::Section& section, Site& site) {
    QuotaKind quota;
    quota.name = section.name;
    read_section<QuotaKind>(file, section, kQuota, quota);
    site.quotas.push_back(std::move(quota));
}

void read_robinhood(const ini::File& file, const ini::Section& section, Config& config) {
    Robinhood database;
    database.shown.name = database.settings.name = section.name;
    read_section<Robinhood>(file, section, kRobinhood, database);
    config.site.robinhood.push_back(std::move(database.shown));
    config.robinhood.push_back(std::move(database.settings));
}

void read_home(const ini::File& file, const ini::Section& section, Site& site) {
    HomeText text;
    read_section<HomeText>(file, section, kHome, text);
    const std::size_t wanted = text.link.empty() ? 0 : kLanguages.size();
    if (text.link_text.count() != wanted) {
        refuse_section(file, section, "link, " + joined(keys_of_text("link")) + " together");
    }
    site.home.push_back(std::move(text));
}

/// Portals of one site mostly show the same modules.
void read_sibling(const ini::File& file, const ini::Section& section, Site& site) {
    SiblingSection read{{.title = {}, .url = {}, .modules = site.modules}, site.mode};
    read_section<SiblingSection>(file, section, kSibling, read);
    site.siblings.push_back(std::move(read.sibling));
}

void read_top(const ini::File& file, TopLimits& top) {
    const ini::Section* section = find_section(file, "top");
    if (section == nullptr) return;
    read_section<TopLimits>(file, *section, kTop, top);
    if (top.cores_poor > top.cores_good || top.memory_poor > top.memory_good) {
        refuse_section(file, *section, "poor not above good");
    }
}

}  // namespace

void read_modules(const ini::File& file, Config& config) {
    for (const ini::Section& section : file.sections) {
        if (section.kind == "quota") read_quota(file, section, config.site);
        if (section.kind == "robinhood") read_robinhood(file, section, config);
        if (section.kind == "home") read_home(file, section, config.site);
        if (section.kind == "sibling") read_sibling(file, section, config.site);
        if (section.kind == "cloud") {
            read_section<Logins>(file, section, kCloud, config.site.cloud_members[section.name]);
        }
    }
    read_top(file, config.site.top);
    const auto& modules = config.site.modules;
    const bool quotas = std::find(modules.begin(), modules.end(), "quotas") != modules.end();
    if (quotas && config.robinhood.empty()) miss_section(file, "robinhood");
}

}  // namespace portal::config
