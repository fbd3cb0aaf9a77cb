#include "views/pages/jobstats/cost.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "views/markers/part_cost_table.tpl.h"
#include "views/parts/value.h"

namespace portal::views {

namespace {

/// From this share on, the samples count as all.
constexpr double kWholly = 0.995;

/// How a kind of cost is named and written.
struct CostWords {
    const char* name;
    const char* unit;      ///< empty: money
    bool is_part = false;  ///< of the internal cost
};

CostWords words_of(CostRow::Kind kind) {
    switch (kind) {
        case CostRow::Kind::Energy:
            return {mark("Energy"), "kWh"};
        case CostRow::Kind::Co2:
            return {mark("CO₂ emissions"), "g"};
        case CostRow::Kind::CarRange:
            return {mark("Electric car range"), "km"};
        case CostRow::Kind::Internal:
            return {mark("Internal cost"), ""};
        case CostRow::Kind::Electricity:
            return {mark("Electricity"), "", true};
        case CostRow::Kind::Cooling:
            return {mark("Cooling"), "", true};
        case CostRow::Kind::Hardware:
            return {mark("Hardware"), "", true};
        case CostRow::Kind::Cloud:
            break;
    }
    return {mark("Cloud equivalent"), ""};
}

std::string amount_text(const CostRow& row, const char* unit, const CostTable& cost,
                        const Words& words) {
    const double* number = finite(row.amount);
    if (number == nullptr) return {};
    return *unit == '\0' ? words.money(*number, cost.currency) : words.with_unit(*number, unit);
}

void fill_row(TemplateDictionary& item, const CostRow& row, const CostTable& cost,
              const Words& words) {
    const CostWords said = words_of(row.kind);
    item.SetValue(kpct_KIND, words.text(said.name));
    add_reading(item, kpct_AMOUNT, row.amount, amount_text(row, said.unit, cost, words), words);
    if (said.is_part) item.ShowSection(kpct_INDENT);
    if (!row.model.empty()) item.SetValueAndShowSection(kpct_MODEL_NAME, row.model, kpct_MODEL);
    if (row.kind != CostRow::Kind::Hardware || !cost.amortization_years) return;
    item.SetValueAndShowSection(
        kpct_DETAIL_TEXT,
        words.text(mark("spread over {0} years"), {words.number(*cost.amortization_years)}),
        kpct_DETAIL);
}

bool is_known_energy(const CostRow& row) {
    return row.kind == CostRow::Kind::Energy && finite(row.amount) != nullptr;
}

}  // namespace

void add_cost(TemplateDictionary& dict, const TemplateString& marker, const CostTable& cost,
              const Words& words) {
    if (cost.rows.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_cost_table.tpl", words);
    for (const CostRow& row : cost.rows) {
        fill_row(*part.AddSectionDictionary(kpct_ROW), row, cost, words);
    }
    const bool part_measured = cost.energy_covered < kWholly &&
                               std::any_of(cost.rows.begin(), cost.rows.end(), is_known_energy);
    if (!part_measured) return;
    part.SetValueAndShowSection(
        kpct_COVERED_TEXT,
        words.text(mark("Power readings cover {0} of the run, so actual energy use is higher."),
                   {words.percent(cost.energy_covered)}),
        kpct_COVERED);
}

}  // namespace portal::views
