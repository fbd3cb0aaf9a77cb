#include "views/base/frame.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "views/base/embedded.h"
#include "views/base/words.h"
#include "views/markers/frame.tpl.h"

namespace portal::views {
namespace {

/// Name under which a static file is served; empty if unknown.
std::string asset(std::string_view name) {
    for (const auto& [plain, hashed] : embedded::assets()) {
        if (plain == name) return std::string(hashed);
    }
    return {};
}

std::string asset_url(const ViewSettings& settings, std::string_view name) {
    const std::string hashed = asset(name);
    if (hashed.empty()) throw std::runtime_error("static file missing: " + std::string(name));
    return settings.base_path + "/static/" + hashed;
}

void fill_crumbs(const Frame& frame, TemplateDictionary& dict, const Words& words) {
    if (frame.crumbs.size() < 2) return;  // one step says no more than the title
    dict.ShowSection(kf_CRUMBS);
    for (const Crumb& crumb : frame.crumbs) {
        TemplateDictionary& item = *dict.AddSectionDictionary(kf_CRUMB);
        item.SetValue(kf_CRUMB_TEXT, words.sentence(crumb.text));
        if (crumb.link.empty()) {
            item.ShowSection(kf_CRUMB_PLAIN);
        } else {
            item.SetValueAndShowSection(kf_CRUMB_HREF, crumb.link, kf_CRUMB_LINK);
        }
        if (&crumb == &frame.crumbs.back()) item.ShowSection(kf_LAST);
    }
}

/// One entry of the navigation; `module` is empty for the home page.
struct RailEntry {
    std::string_view module;
    const char* path;
    const char* icon;
    const char* word;
    bool staff = false;
};

constexpr std::array kRail = {
    RailEntry{"", "/", "home", mark("Home")},
    RailEntry{"usersummary", "/secure/usersummary/", "performance", mark("Summary")},
    RailEntry{"jobstats", "/secure/jobstats/", "jobs", mark("My jobs")},
    RailEntry{"accountstats", "/secure/accountstats/", "account", mark("My accounts")},
    RailEntry{"quotas", "/secure/quotas/", "quota", mark("Quotas")},
    RailEntry{"cloudstats", "/secure/cloudstats/", "cloud", mark("Cloud")},
    RailEntry{"top", "/secure/top/", "top", mark("Top users"), true},
};

bool is_enabled(const RailEntry& entry, const ViewSettings& settings) {
    const auto& enabled = settings.modules;
    return entry.module.empty() ||
           std::find(enabled.begin(), enabled.end(), entry.module) != enabled.end();
}

bool is_open_to(const RailEntry& entry, const Frame& frame) {
    if (entry.module.empty() || frame.open) return true;
    return !frame.viewer.empty() && (!entry.staff || frame.staff);
}

/// On a public page an entry of a module appears once its script knows who reads it.
void fill_later(const RailEntry& entry, const Frame& frame, TemplateDictionary& item) {
    if (!frame.open || entry.module.empty()) return;
    item.SetValueAndShowSection(kf_RAIL_FOR, entry.staff ? "staff" : "user", kf_RAIL_LATER);
}

void fill_rail(const Frame& frame, const ViewSettings& settings, TemplateDictionary& dict,
               const Words& words) {
    const bool own = frame.whose.empty() || frame.whose == frame.viewer;
    for (const RailEntry& entry : kRail) {
        if (!is_enabled(entry, settings) || !is_open_to(entry, frame)) continue;
        TemplateDictionary& item = *dict.AddSectionDictionary(kf_RAIL_ENTRY);
        fill_later(entry, frame, item);
        item.SetValue(kf_RAIL_HREF, settings.base_path + entry.path);
        item.SetValue(kf_RAIL_ICON, entry.icon);
        item.SetValue(kf_RAIL_WORD, words.text(entry.word));
        const bool here = own && frame.module == entry.module;
        if (here) item.ShowSection(kf_RAIL_HERE);
    }
}

/// A public page offers to sign in, which leads to the first module.
void fill_open(const Frame& frame, const ViewSettings& settings, TemplateDictionary& dict) {
    dict.ShowSection(kf_OPEN);
    dict.ShowSection(kf_PRESETS);
    for (const RailEntry& entry : kRail) {
        if (entry.module.empty() || entry.staff || !is_enabled(entry, settings)) continue;
        dict.SetValueAndShowSection(kf_SIGN_IN_HREF, settings.base_path + entry.path, kf_SIGN_IN);
        break;
    }
    if (settings.sign_out_url.empty() || !frame.viewer.empty()) return;
    dict.SetValueAndShowSection(kf_SIGN_OUT_URL, settings.sign_out_url, kf_SIGN_OUT);
    dict.ShowSection(kf_SIGN_OUT_LATER);
}

void fill_person(const Frame& frame, const ViewSettings& settings, TemplateDictionary& dict) {
    if (frame.open) return fill_open(frame, settings, dict);
    if (frame.viewer.empty()) return;
    dict.ShowSection(kf_SIGNED_IN);
    dict.SetValue(kf_VIEWER, frame.viewer);
    if (frame.staff) dict.ShowSection(kf_STAFF);
    if (!settings.sign_out_url.empty()) {
        dict.SetValueAndShowSection(kf_SIGN_OUT_URL, settings.sign_out_url, kf_SIGN_OUT);
    }
    if (!frame.whose.empty() && frame.whose != frame.viewer) {
        dict.SetValueAndShowSection(kf_WHOSE_LOGIN, frame.whose, kf_WHOSE);
        if (frame.recorded) dict.ShowSection(kf_RECORDED);
    }
}

void fill_siblings(const Frame& frame, TemplateDictionary& dict) {
    if (frame.siblings.empty()) return;
    dict.ShowSection(kf_SIBLINGS);
    for (const SiblingLink& sibling : frame.siblings) {
        TemplateDictionary& item = *dict.AddSectionDictionary(kf_SIBLING);
        item.SetValue(kf_SIBLING_HREF, sibling.link);
        item.SetValue(kf_SIBLING_TITLE, sibling.title);
    }
}

void fill_languages(const Frame& frame, TemplateDictionary& dict) {
    dict.SetValue(kf_LANG, std::string(language_code(frame.language)));
    for (const LanguageTraits& language : kLanguages) {
        if (language.code == language_code(frame.language)) continue;
        TemplateDictionary& other = *dict.AddSectionDictionary(kf_OTHER);
        other.SetValue(kf_OTHER_LANG, std::string(language.code));
        other.SetValue(kf_OTHER_NAME, std::string(language.name));
        other.SetValue(kf_PATH, frame.path);
    }
    if (frame.theme == "light" || frame.theme == "dark") {
        dict.SetValueAndShowSection(kf_THEME, frame.theme, kf_THEME_SET);
    }
}

void fill_footer(const Frame& frame, const ViewSettings& settings, TemplateDictionary& dict) {
    if (!settings.contact.empty()) {
        dict.SetValueAndShowSection(kf_CONTACT_TEXT, settings.contact, kf_CONTACT);
    }
    if (!frame.request_id.empty()) {
        dict.SetValueAndShowSection(kf_REQUEST_ID, frame.request_id, kf_REQUEST);
    }
}

}  // namespace

TemplateDictionary& add_content(TemplateDictionary& frame_dict, const Words& words) {
    include(frame_dict, kf_WORDS, "part_words.tpl", words);
    return *frame_dict.AddIncludeDictionary(kf_CONTENT);
}

void fill_frame(const Frame& frame, const std::string& title, const ViewSettings& settings,
                TemplateDictionary& dict, const Words& words) {
    dict.SetTemplateGlobalValue("BASE", settings.base_path);
    dict.SetTemplateGlobalValue("ICONS", asset_url(settings, "icons.svg"));
    dict.SetValue(kf_CSS, asset_url(settings, "portal.css"));
    dict.SetValue(kf_JS, asset_url(settings, "portal.js"));
    if (!asset("favicon.svg").empty()) {
        dict.SetValueAndShowSection(kf_FAVICON, asset_url(settings, "favicon.svg"), kf_FAVICON_SET);
    }
    dict.SetValue(kf_TITLE, title);
    dict.SetValue(kf_SITE, settings.title.in(frame.language));
    fill_languages(frame, dict);
    fill_rail(frame, settings, dict, words);
    fill_person(frame, settings, dict);
    fill_siblings(frame, dict);
    fill_crumbs(frame, dict, words);
    if (frame.live_seconds > 0) {
        dict.ShowSection(kf_LIVE);
        dict.SetIntValue(kf_LIVE_SECONDS, static_cast<long>(frame.live_seconds));
    }
    fill_footer(frame, settings, dict);
}

}  // namespace portal::views
