#include "views/pages/jobstats/advice/runs_page.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "views/base/format.h"
#include "views/markers/runs_page.tpl.h"
#include "views/parts/instant.h"
#include "views/parts/state.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

/// Columns that some rows fill.
struct Columns {
    bool gpus = false;
    bool cost = false;
};

Columns columns_of(const std::vector<RunRow>& runs) {
    Columns columns;
    for (const RunRow& run : runs) {
        columns.gpus = columns.gpus || run.gpus.value_or(0) > 0;
        columns.cost = columns.cost || run.wasted_cost;
    }
    return columns;
}

std::string seconds_text(const std::optional<Seconds>& time, const Words& words) {
    return time ? words.duration(static_cast<double>(time->count())) : "–";
}

std::string count_text(const RunRow::Number& count, const Words& words) {
    return count ? format::count(static_cast<std::uint64_t>(*count), words.language()) : "–";
}

void add_number(TemplateDictionary& dict, const TemplateString& marker,
                const RunRow::Number& number, const std::string& text, const Words& words) {
    add_reading(dict, marker, reading(number), text, words);
}

void add_hours(TemplateDictionary& dict, const TemplateString& marker, const RunRow::Number& hours,
               const Words& words) {
    add_number(dict, marker, hours, hours ? words.number(*hours) : "", words);
}

void fill_gpus(TemplateDictionary& row, const RunRow& run, const Words& words) {
    TemplateDictionary& cells = *row.AddSectionDictionary(krp_GPUS);
    if (run.gpus.value_or(0) == 0) return cells.ShowSection(krp_HAD_NONE);
    TemplateDictionary& had = *cells.AddSectionDictionary(krp_HAD);
    had.SetValue(krp_GPUS_HAD, count_text(run.gpus, words));
    add_share(had, krp_GPUS_BAR, run.gpu_share, words.text(mark("GPUs used")), words);
    add_hours(had, krp_WASTED_GPUS, run.wasted_gpu_hours, words);
}

void fill_run(TemplateDictionary& row, const RunRow& run, const Columns& columns,
              const std::string& currency, const Words& words) {
    row.SetValue(krp_LINK, run.link);
    row.SetValue(krp_NUMBER, run.number);
    add_state(row, krp_STATE, run.state, run.state_number, 0, words);
    add_time(row, krp_ENDED, run.ended, "short", words);
    row.SetValue(krp_RAN, seconds_text(run.ran, words));
    row.SetValue(krp_LIMIT, seconds_text(run.limit, words));
    add_share(row, krp_TIME_BAR, run.time_share, words.text(mark("Time used")), words);
    row.SetValue(krp_CORES_HAD, count_text(run.cores, words));
    add_share(row, krp_CORES_BAR, run.cores_share, words.text(mark("Cores used")), words);
    row.SetValue(krp_MEMORY_HAD, run.memory ? words.bytes(*run.memory) : "–");
    add_share(row, krp_MEMORY_BAR, run.memory_share, words.text(mark("Memory used")), words);
    add_hours(row, krp_WASTED_CORES, run.wasted_core_hours, words);
    if (columns.gpus) fill_gpus(row, run, words);
    if (!columns.cost) return;
    const auto& cost = run.wasted_cost;
    row.ShowSection(krp_COST);
    add_number(row, krp_COST_WASTED, cost, cost ? words.money(*cost, currency) : "", words);
}

void fill_table(const RunsPage& page, TemplateDictionary& dict, const Words& words) {
    if (page.runs.empty()) return dict.ShowSection(krp_NONE);
    TemplateDictionary& table = *dict.AddSectionDictionary(krp_RUNS);
    const Columns columns = columns_of(page.runs);
    if (columns.gpus) table.ShowSection(krp_GPUS_HEAD);
    if (columns.cost) table.ShowSection(krp_COST_HEAD);
    if (page.cut) table.ShowSection(krp_CUT);
    for (const RunRow& run : page.runs) {
        fill_run(*table.AddSectionDictionary(krp_RUN), run, columns, page.currency, words);
    }
}

void fill_accounts(const RunsPage& page, TemplateDictionary& dict) {
    if (page.accounts.size() < 2) return;
    TemplateDictionary& choice = *dict.AddSectionDictionary(krp_ACCOUNTS);
    for (const RunsAccount& account : page.accounts) {
        TemplateDictionary& one = *choice.AddSectionDictionary(krp_ACCOUNT_CHOICE);
        one.SetValue(krp_ACCOUNT_NAME, account.name);
        one.SetValue(krp_ACCOUNT_LINK, account.link);
        if (account.shown) one.ShowSection(krp_SHOWN);
    }
}

void fill_advice(const RunsPage& page, TemplateDictionary& dict, const Words& words) {
    add_next_time(dict, krp_NEXT_TIME, page.next_time, words);
    if (page.runs.empty()) return;
    if (page.advice_missing) return dict.ShowSection(krp_ADVICE_MISSING);
    if (!page.measured) return dict.ShowSection(krp_UNMEASURED);
    if (page.next_time.lines.empty() && page.next_time.doubts.empty()) {
        dict.ShowSection(krp_NO_CHANGE);
    }
}

}  // namespace

std::string fill(const RunsPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("runs_page.tpl"));
    const std::string name = page.name.empty() ? "–" : page.name;
    dict.SetValue(krp_NAME, name);
    dict.SetValue(krp_ACCOUNT, page.account);
    if (page.frame.viewer != page.owner)
        dict.SetValueAndShowSection(krp_OWNER, page.owner, krp_OTHER);
    add_time(dict, krp_FRESH, page.frame.now, "clock", words);
    fill_accounts(page, dict);
    fill_advice(page, dict, words);
    fill_table(page, dict, words);
    return words.text(mark("Runs of “{0}”"), {name});
}

}  // namespace portal::views
