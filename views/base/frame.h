#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/units.h"
#include "views/base/dictionary.h"
#include "views/base/sentence.h"

namespace portal::views {

/// One step of the way to a page; the last one has no link.
struct Crumb {
    Sentence text;
    std::string link;
};

/// A link to the portal of another cluster.
struct SiblingLink {
    std::string title;
    std::string link;
};

/// A module's entry in the navigation; it leads to /secure/MODULE/.
struct RailEntry {
    std::string_view module;  ///< as in the configuration
    std::string_view icon;    ///< name in the sprite
    const char* word;         ///< a message id
    bool staff = false;       ///< for staff only
};

/// What surrounds every page.
struct Frame {
    Language language = Language::English;
    std::string path;    ///< path and query of this page with base path, for the language switch
    std::string viewer;  ///< login; empty: nobody is signed in
    bool staff = false;
    std::string form_token;  ///< of the page's forms; empty: nobody is signed in
    std::string module;      ///< the page's, as in the configuration; empty: home or none
    std::string whose;       ///< login or account whose data staff look at; empty: one's own
    bool recorded = false;   ///< such a look is kept
    std::vector<Crumb> crumbs;
    std::vector<SiblingLink> siblings;
    Instant now{};  ///< the time of the data
    std::string request_id;
    unsigned live_seconds = 0;  ///< > 0: the page refreshes itself this often
    bool open = false;          ///< a public page: its script finds out who reads it
    std::string theme;  ///< "light" or "dark" from the cookie `theme`; anything else: the system's
};

/// What the views know of the site.
struct ViewSettings {
    LocalText title;
    std::string base_path;
    std::string sign_out_url;
    std::string contact;
    std::vector<RailEntry> rail;   ///< of the modules switched on
    bool pseudo_language = false;  ///< all but English wrap each text in ⟦⟧ (tests)
};

/// The dictionary of the page inside the frame.
TemplateDictionary& add_content(TemplateDictionary& frame_dict, const Words& words);
/// Fills the frame: navigation, who is signed in, crumbs, footer, words for the script; sets the
/// values that every template may use (BASE, ICONS).
void fill_frame(const Frame& frame, const std::string& title, const ViewSettings& settings,
                TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
