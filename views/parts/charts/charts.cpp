#include "views/parts/charts/charts.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <array>

#include "views/markers/part_chart_list.tpl.h"

namespace portal::views {
namespace {

const ChartWords* find(std::span<const ChartWords> table, std::string_view slug) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const ChartWords& one) { return one.slug == slug; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace

void add_charts(TemplateDictionary& dict, const TemplateString& marker,
                const std::vector<ChartRef>& charts, std::span<const ChartWords> table,
                std::string_view file, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_chart_list.tpl", words);
    for (const ChartRef& chart : charts) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpcl_CHART);
        const ChartWords* found = find(table, chart.slug);
        const std::string behind = chart.subject.empty() ? "" : "-" + chart.subject;
        item.SetValue(kpcl_SLUG, chart.slug);
        item.SetValue(kpcl_CHART_ID, "graph-" + chart.slug + behind);
        if (!chart.subject.empty()) {
            item.SetValueAndShowSection(kpcl_SUBJECT_NAME, chart.subject, kpcl_SUBJECT);
        }
        item.SetValue(kpcl_SRC, chart.src);
        item.SetValue(kpcl_FILE, chart.slug + behind + "-" + std::string(file));
        item.SetValue(kpcl_TITLE, found == nullptr ? chart.slug : words.text(found->title));
        if (found == nullptr) continue;
        item.SetValue(kpcl_UNIT, words.text(found->unit));
        item.SetValue(kpcl_HINT, words.text(found->hint));
        item.SetValue(kpcl_HELP, words.text(found->help));
        item.SetValue(kpcl_EMPTY, words.text(found->empty));
        if (*found->top != '\0') {
            item.SetValueAndShowSection(kpcl_TOP_VALUE, found->top, kpcl_TOP);
        }
    }
}

std::string section_word(std::string_view id, const Words& words) {
    constexpr std::array kSections = {
        std::pair{std::string_view{"cpu"}, mark("CPU")},
        std::pair{std::string_view{"memory"}, mark("Memory")},
        std::pair{std::string_view{"programs"}, mark("Programs")},
        std::pair{std::string_view{"gpu"}, mark("GPU")},
        std::pair{std::string_view{"files"}, mark("File systems")},
        std::pair{std::string_view{"node"}, mark("Whole node")},
        std::pair{std::string_view{"power"}, mark("Power")},
        std::pair{std::string_view{"script"}, mark("Script")},
        std::pair{std::string_view{"resources"}, mark("Resources")},
        std::pair{std::string_view{"related"}, mark("Related jobs")},
        std::pair{std::string_view{"jobs"}, mark("Jobs")},
        std::pair{std::string_view{"waiting"}, mark("Waiting")},
    };
    for (const auto& [name, word] : kSections) {
        if (name == id) return words.text(word);
    }
    return std::string(id);
}

std::string anchor_word(std::string_view anchor, std::span<const ChartWords> table,
                        const Words& words) {
    constexpr std::string_view kGraph = "graph-";
    if (anchor.substr(0, kGraph.size()) != kGraph) return section_word(anchor, words);
    const ChartWords* found = find(table, anchor.substr(kGraph.size()));
    return found == nullptr ? std::string(anchor) : words.text(found->title);
}

}  // namespace portal::views
