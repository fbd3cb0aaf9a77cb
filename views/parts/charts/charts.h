#pragma once

// views/parts/charts is charts and what leads to them: the choice of a range, notices with their
// links. May include the small parts, fcgi/base and views/base; knows no page.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "views/parts/part.h"

namespace portal::views {

/// A chart of the page; title, hint and unit come from the view by slug.
struct ChartRef {
    std::string slug;  ///< cpu, mem, lustre_mdt ...
    std::string src;   ///< URL of its JSON; charts of one family share it
    /// What it is about where a page has several of one slug, such as a file system: shown before
    /// the title and in the id graph-SLUG-SUBJECT.
    std::string subject{};
};

/// A folded section of charts: cpu, memory, programs, gpu, files, node, power.
struct ChartSection {
    std::string id;
    std::vector<ChartRef> charts;
};

/// What is said about one chart; all message ids but slug and top. Each page has a table of its
/// own: the same slug is explained differently.
struct ChartWords {
    std::string_view slug;
    const char* title;
    const char* unit;
    const char* hint;
    const char* help;
    const char* empty;
    const char* top = "";  ///< upper end of the axis if the answer names none
};

/// Words of the two graphs of the file systems, of which a page says what they count and when there
/// is nothing.
[[nodiscard]] constexpr ChartWords file_operations(const char* help, const char* empty) {
    return {"lustre_mdt",
            mark("File operations"),
            mark("operations per second"),
            mark("Good: few operations. Opening many small files slows everyone down."),
            help,
            empty};
}
[[nodiscard]] constexpr ChartWords file_traffic(const char* help, const char* empty) {
    return {
        "lustre_ost",  mark("File system traffic"),
        mark("MiB/s"), mark("Good: bursts of large reads and writes rather than a steady trickle."),
        help,          empty};
}

/// Figures for the charts in order, with title, unit, hint and help by slug. `file` ends the names
/// of downloads. An unknown slug is shown under its own name.
void add_charts(TemplateDictionary& dict, const TemplateString& marker,
                const std::vector<ChartRef>& charts, std::span<const ChartWords> table,
                std::string_view file, const Words& words);

/// Heading of a section of charts: cpu, memory, programs, gpu, files, node, power.
[[nodiscard]] std::string section_word(std::string_view id, const Words& words);
/// Name of a place on a page for a link to it: "graph-mem" is "Memory", by the page's charts.
[[nodiscard]] std::string anchor_word(std::string_view anchor, std::span<const ChartWords> table,
                                      const Words& words);

}  // namespace portal::views
