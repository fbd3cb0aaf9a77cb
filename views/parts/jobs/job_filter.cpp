#include "views/parts/jobs/job_filter.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <string_view>

#include "views/markers/part_job_filter.tpl.h"
#include "views/parts/jobs/state_choices.h"
#include "views/parts/state.h"

namespace portal::views {
namespace {

struct Choice {
    std::string_view value;
    const char* word;
};

constexpr std::array<const char*, kQuickFilters> kQuickWords = {
    mark("Failed"), mark("Wasteful"), mark("With GPUs"), mark("Last 24 hours"),
    mark("Waited over 12 hours")};

constexpr auto kOrderWords = std::to_array<Choice>({
    {"waste", mark("Most wasted")},
    {"use", mark("Least used")},
    {"energy", mark("Most energy")},
    {"wait", mark("Longest wait")},
    {"cost", mark("Most expensive")},
});

/// A size has two parameters, NAME_min and NAME_max.
struct SizeField {
    std::string_view name;
    const char* title;
    const char* unit = "";
    bool of_use = false;  ///< only what the portal keeps of a job tells it
};

constexpr auto kSizeFields = std::to_array<SizeField>({
    {"cores", mark("Cores")},
    {"memory", mark("Memory"), mark("GiB")},
    {"gpus", mark("GPUs")},
    {"nodes", mark("Nodes")},
    {"hours", mark("Run time"), mark("h")},
    {"wait", mark("Waiting time"), mark("h")},
    {"cores_use", mark("Cores used"), mark("%"), true},
    {"memory_use", mark("Memory used"), mark("%"), true},
    {"gpu_use", mark("GPUs used"), mark("%"), true},
});

/// Titles of the others.
constexpr auto kTitles = std::to_array<Choice>({
    {"state", mark("State")},
    {"account", mark("Account")},
    {"partition", mark("Partition")},
    {"qos", mark("QOS")},
    {"name", mark("Name contains")},
    {"node", mark("Node")},
    {"from", mark("From")},
    {"to", mark("To")},
    {"last", mark("Last hours")},
    {"verdict", mark("Verdict")},
    {"sort", mark("Order")},
});

template <class Table>
auto find_in(const Table& table, std::string_view value) {
    return std::find_if(table.begin(), table.end(),
                        [&](const auto& one) { return one.value == value; });
}

std::string value_of(const ListFilter& filter, std::string_view name) {
    for (const FilterValue& one : filter.chosen) {
        if (one.name == name) return one.value;
    }
    return {};
}

bool has(const ListFilter& filter, std::string_view name, std::string_view value) {
    return std::any_of(filter.chosen.begin(), filter.chosen.end(), [&](const FilterValue& one) {
        return one.name == name && one.value == value;
    });
}

std::string with_unit(const SizeField& field, const std::string& value, const Words& words) {
    return *field.unit == 0 ? value : value + "\u00a0" + words.text(field.unit);
}

/// "Cores: ≥ 4", "State: Failed".
std::string chip_text(const FilterValue& filter, const Words& words) {
    const auto text = [&](const char* title, const std::string& value) {
        return words.text(mark("{0}: {1}"), {words.text(title), value});
    };
    for (const SizeField& field : kSizeFields) {
        const std::string name(field.name);
        const bool least = filter.name == name + "_min";
        if (!least && filter.name != name + "_max") continue;
        return text(field.title,
                    (least ? "≥\u00a0" : "≤\u00a0") + with_unit(field, filter.value, words));
    }
    const auto title = find_in(kTitles, filter.name);
    if (title == kTitles.end()) return filter.value;
    if (filter.name == "verdict") return text(title->word, words.text(mark("wasteful")));
    if (filter.name == "sort") {
        const auto order = find_in(kOrderWords, filter.value);
        return text(title->word,
                    order == kOrderWords.end() ? filter.value : words.text(order->word));
    }
    const auto state = find_in(kStateChoices, filter.value);
    const bool known = filter.name == "state" && state != kStateChoices.end();
    return text(title->word, known ? words.text(tone_of(state->state).word) : filter.value);
}

void fill_chips(const ListFilter& filter, TemplateDictionary& part, const Words& words) {
    for (std::size_t at = 0; at < kQuickFilters; ++at) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpjf_QUICK);
        item.SetValue(kpjf_QUICK_HREF, filter.quick[at].link);
        item.SetValue(kpjf_QUICK_WORD, words.text(kQuickWords[at]));
        if (filter.quick[at].on) item.ShowSection(kpjf_QUICK_ON);
    }
    for (std::size_t at = 0; filter.kept && at < kOrders; ++at) {
        const std::string_view order = kOrderWords[at].value;
        if ((order == "energy" && !filter.energy) || (order == "cost" && !filter.prices)) continue;
        part.ShowSection(kpjf_ORDERS);
        TemplateDictionary& item = *part.AddSectionDictionary(kpjf_ORDER);
        item.SetValue(kpjf_ORDER_HREF, filter.orders[at].link);
        item.SetValue(kpjf_ORDER_WORD, words.text(kOrderWords[at].word));
        if (filter.orders[at].on) item.ShowSection(kpjf_ORDER_ON);
    }
    if (filter.chosen.empty()) return;
    part.ShowSection(kpjf_NARROWED);
    part.ShowSection(kpjf_CLEAR);
    for (const FilterValue& one : filter.chosen) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpjf_CHIP);
        item.SetValue(kpjf_CHIP_HREF, one.without);
        item.SetValue(kpjf_CHIP_TEXT, chip_text(one, words));
    }
}

void fill_states(const ListFilter& filter, TemplateDictionary& part, const Words& words) {
    std::string chosen;
    for (const StateChoice& state : kStateChoices) {
        const std::string word = words.text(tone_of(state.state).word);
        TemplateDictionary& item = *part.AddSectionDictionary(kpjf_STATE_OPTION);
        item.SetValue(kpjf_STATE_VALUE, std::string(state.value));
        item.SetValue(kpjf_STATE_WORD, word);
        if (!has(filter, "state", state.value)) continue;
        item.ShowSection(kpjf_CHOSEN);
        if (!chosen.empty()) chosen += ", ";
        chosen += word;
    }
    part.SetValue(kpjf_STATES, chosen.empty() ? words.text(mark("all")) : chosen);
}

/// The fields that a fold holds; it is open if one of them narrows the list.
void fill_fold(const ListFilter& filter, TemplateDictionary& part, const Words& words) {
    bool open = !value_of(filter, "node").empty() || !value_of(filter, "qos").empty();
    for (const SizeField& field : kSizeFields) {
        if (field.of_use && !filter.kept) continue;
        const std::string name(field.name);
        TemplateDictionary& item = *part.AddSectionDictionary(kpjf_SIZE);
        item.SetValue(kpjf_SIZE_NAME, name);
        item.SetValue(kpjf_SIZE_TITLE, words.text(field.title));
        if (*field.unit != 0) {
            item.SetValueAndShowSection(kpjf_UNIT_NAME, words.text(field.unit), kpjf_UNIT);
        }
        const std::string least = value_of(filter, name + "_min");
        const std::string most = value_of(filter, name + "_max");
        item.SetValue(kpjf_LEAST, least);
        item.SetValue(kpjf_MOST, most);
        open = open || !least.empty() || !most.empty();
    }
    if (open) part.ShowSection(kpjf_OPEN);
}

}  // namespace

void add_job_filter(TemplateDictionary& dict, const TemplateString& marker,
                    const ListFilter& filter, const std::string& page, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_job_filter.tpl", words);
    part.SetValue(kpjf_PAGE, page);
    fill_chips(filter, part, words);
    fill_states(filter, part, words);
    part.SetValue(kpjf_F_ACCOUNT, value_of(filter, "account"));
    part.SetValue(kpjf_F_PARTITION, value_of(filter, "partition"));
    part.SetValue(kpjf_F_QOS, value_of(filter, "qos"));
    part.SetValue(kpjf_F_NAME, value_of(filter, "name"));
    part.SetValue(kpjf_F_NODE, value_of(filter, "node"));
    part.SetValue(kpjf_F_FROM, value_of(filter, "from"));
    part.SetValue(kpjf_F_TO, value_of(filter, "to"));
    const std::string last = value_of(filter, "last");
    if (!last.empty()) part.SetValueAndShowSection(kpjf_F_LAST, last, kpjf_LAST);
    const std::string verdict = value_of(filter, "verdict");
    if (!verdict.empty()) part.SetValueAndShowSection(kpjf_F_VERDICT, verdict, kpjf_JUDGED);
    const std::string sort = value_of(filter, "sort");
    if (!sort.empty()) part.SetValueAndShowSection(kpjf_F_SORT, sort, kpjf_SORTED);
    fill_fold(filter, part, words);
    for (const std::string& name : filter.accounts) {
        part.SetValueAndShowSection(kpjf_ACCOUNT_NAME, name, kpjf_ACCOUNT);
    }
    for (const std::string& name : filter.partitions) {
        part.SetValueAndShowSection(kpjf_PARTITION_NAME, name, kpjf_PARTITION);
    }
}

}  // namespace portal::views
