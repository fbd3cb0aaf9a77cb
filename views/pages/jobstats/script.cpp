#include "views/pages/jobstats/script.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "fcgi/base/unseen.h"
#include "views/markers/part_script_text.tpl.h"
#include "views/parts/instant.h"
#include "views/parts/value.h"

namespace portal::views {

namespace {

void add_versions(TemplateDictionary& dict, const std::vector<ScriptVersion>& versions,
                  const Words& words) {
    TemplateDictionary& list = *dict.AddSectionDictionary(kpst_VERSIONS);
    for (const ScriptVersion& version : versions) {
        TemplateDictionary& item = *list.AddSectionDictionary(kpst_VERSION);
        item.SetValue(kpst_VERSION_NAME,
                      words.text(mark("Version {0}"), {std::to_string(version.number)}));
        item.SetValue(kpst_VERSION_SIZE, words.bytes(static_cast<double>(version.size.count)));
        add_time(item, kpst_STORED, version.stored, "absolute", words);
        if (version.shown) {
            item.ShowSection(kpst_SHOWN);
        } else {
            item.SetValueAndShowSection(kpst_VERSION_LINK, version.link, kpst_OTHER);
        }
    }
}

}  // namespace

void add_script(TemplateDictionary& dict, const TemplateString& marker, const ScriptText& script,
                const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_script_text.tpl", words);
    if (script.missing) {
        part.ShowSection(kpst_AWAY);
        return add_unavailable(part, kpst_MISSING, *script.missing, words);
    }
    if (!script.available) return part.ShowSection(kpst_NONE);
    TemplateDictionary& shown = *part.AddSectionDictionary(kpst_SCRIPT);
    shown.SetValue(kpst_LINES, words.plural("{0} line", "{0} lines", script.lines.size()));
    if (!script.download.empty()) {
        shown.SetValueAndShowSection(kpst_DOWNLOAD_LINK, script.download, kpst_DOWNLOAD);
    }
    if (script.cut) shown.ShowSection(kpst_CUT);
    if (script.open) shown.ShowSection(kpst_OPEN);
    if (!script.versions.empty()) add_versions(shown, script.versions, words);
    for (std::size_t at = 0; at < script.lines.size(); ++at) {
        // SetValueAndShowSection would leave out the empty ones.
        TemplateDictionary& line = *shown.AddSectionDictionary(kpst_LINE);
        line.SetValue(kpst_LINE_TEXT, text::show_unseen(script.lines[at]));
        const auto& marked = script.marked;
        if (std::find(marked.begin(), marked.end(), at + 1) != marked.end()) {
            line.ShowSection(kpst_MARKED);
        }
    }
}

}  // namespace portal::views
