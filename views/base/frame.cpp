#include "views/base/frame.h"

#include <ctemplate/template.h>

#include <algorithm>
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

bool is_open_to(const RailEntry& entry, const Frame& frame) {
    return frame.open || (!frame.viewer.empty() && (!entry.staff || frame.staff));
}

std::string rail_href(const RailEntry& entry, const ViewSettings& settings) {
    return settings.base_path + "/secure/" + std::string(entry.module) + "/";
}

TemplateDictionary& add_rail_entry(const std::string& href, std::string_view icon,
                                   const std::string& word, bool here, TemplateDictionary& dict) {
    TemplateDictionary& item = *dict.AddSectionDictionary(kf_RAIL_ENTRY);
    item.SetValue(kf_RAIL_HREF, href);
    item.SetValue(kf_RAIL_ICON, std::string(icon));
    item.SetValue(kf_RAIL_WORD, word);
    if (here) item.ShowSection(kf_RAIL_HERE);
    return item;
}

void fill_rail(const Frame& frame, const ViewSettings& settings, TemplateDictionary& dict,
               const Words& words) {
    const bool own = frame.whose.empty() || frame.whose == frame.viewer;
    const auto here = [&](std::string_view module) { return own && frame.module == module; };
    add_rail_entry(settings.base_path + "/", "home", words.text(mark("Home")), here(""), dict);
    for (const RailEntry& entry : settings.rail) {
        if (!is_open_to(entry, frame)) continue;
        TemplateDictionary& item = add_rail_entry(rail_href(entry, settings), entry.icon,
                                                  words.text(entry.word), here(entry.module), dict);
        // On a public page it appears once the page's script knows who reads it.
        if (!frame.open) continue;
        item.SetValueAndShowSection(kf_RAIL_FOR, entry.staff ? "staff" : "user", kf_RAIL_LATER);
    }
}

/// A public page offers to sign in, which leads to the first module.
void fill_open(const Frame& frame, const ViewSettings& settings, TemplateDictionary& dict) {
    dict.ShowSection(kf_OPEN);
    dict.ShowSection(kf_PRESETS);
    const auto first = std::find_if(settings.rail.begin(), settings.rail.end(),
                                    [](const RailEntry& entry) { return !entry.staff; });
    if (first != settings.rail.end()) {
        dict.SetValueAndShowSection(kf_SIGN_IN_HREF, rail_href(*first, settings), kf_SIGN_IN);
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
    if (!frame.form_token.empty()) {
        dict.SetValue(kf_FORM_TOKEN, frame.form_token);
        dict.ShowSection(kf_HAS_TOKEN);
    }
    dict.SetValue(kf_PATH, frame.path);
    dict.SetValue(kf_LANG, std::string(language_code(frame.language)));
    for (const LanguageTraits& language : kLanguages) {
        if (language.code == language_code(frame.language)) continue;
        TemplateDictionary& other = *dict.AddSectionDictionary(kf_OTHER);
        other.SetValue(kf_OTHER_LANG, std::string(language.code));
        other.SetValue(kf_OTHER_NAME, std::string(language.name));
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
    dict.SetValue(kf_PRINTED_LOGIN, frame.whose.empty() ? frame.viewer : frame.whose);
    fill_footer(frame, settings, dict);
}

}  // namespace portal::views
