#include "views/pages/jobstats/job_tables.h"

#include <ctemplate/template.h>

#include <cmath>

#include "views/markers/part_cost_table.tpl.h"
#include "views/markers/part_resource_table.tpl.h"
#include "views/markers/part_script_text.tpl.h"
#include "views/parts/parts.h"

namespace portal::views {
namespace {

using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

/// A finite number of a reading, or nothing.
const double* finite(const Reading& reading) {
    const double* number = std::get_if<double>(&reading);
    return number != nullptr && std::isfinite(*number) ? number : nullptr;
}

std::string verdict_note(const Verdict& verdict, const Words& words) {
    const Unit unit = verdict.unit;
    const double* used = finite(verdict.used);
    const double* whole = finite(verdict.whole);
    std::string note;
    if (used != nullptr && whole != nullptr) {
        note = words.text(mark("{0} of {1}"),
                          {written(*used, unit, words), written(*whole, unit, words)});
    } else if (whole != nullptr) {
        note = words.text(mark("asked: {0}"), {written(*whole, unit, words)});
    } else if (used != nullptr && finite(verdict.share.value) != nullptr && unit != Unit::Ratio) {
        note = written(*used, unit, words);
    }
    if (!verdict.from_steps) return note;
    if (!note.empty()) note += ", ";
    return note + words.text(mark("by Slurm's own count"));
}

}  // namespace

void add_verdicts(TemplateDictionary& dict, const TemplateString& marker,
                  const std::vector<Verdict>& verdicts, const Words& words) {
    std::vector<Tile> tiles;
    for (const Verdict& verdict : verdicts) {
        Tile tile;
        tile.name = words.text(verdict.name);
        tile.anchor = verdict.anchor;
        tile.share = verdict.share;
        tile.word = words.sentence(verdict.word);
        tile.note = verdict_note(verdict, words);
        if (const double* ratio = finite(verdict.share.value)) {
            tile.shown = *ratio;
            tile.value = words.percent(*ratio);
        } else if (const double* used = finite(verdict.used)) {
            tile.shown = *used;
            tile.value = written(*used, verdict.unit, words);
        } else {
            tile.shown = std::holds_alternative<Unavailable>(verdict.used) ? verdict.used
                                                                           : verdict.share.value;
        }
        tiles.push_back(std::move(tile));
    }
    add_tiles(dict, marker, tiles, words);
}

namespace {

struct Cell {
    const TemplateString& marker;
    const TemplateString& nothing;
};

/// A cell; a dash where the row has no such value.
void add_cell(TemplateDictionary& item, const Cell& cell, const std::optional<Reading>& reading,
              Unit unit, const Words& words) {
    if (!reading) return item.ShowSection(cell.nothing);
    add_amount(item, cell.marker, *reading, unit, words);
}

void fill_resource(TemplateDictionary& item, const ResourceRow& row, const Words& words) {
    const std::string name = words.text(row.name);
    item.SetValue(kprt_KIND, name);
    if (!row.detail.empty()) {
        item.SetValueAndShowSection(kprt_DETAIL_TEXT, row.detail, kprt_DETAIL);
    }
    if (row.unlimited) {
        item.ShowSection(kprt_NO_LIMIT);
    } else {
        add_cell(item, {kprt_ASKED, kprt_NOT_ASKED}, row.requested, row.unit, words);
    }
    add_cell(item, {kprt_ALLOCATED, kprt_NOT_ALLOCATED}, row.allocated, row.unit, words);
    add_cell(item, {kprt_USED, kprt_NOT_USED}, row.used, row.unit, words);
    if (std::holds_alternative<NoData>(row.share.value)) {
        item.ShowSection(kprt_NO_SHARE);
    } else {
        add_share(item, kprt_SHARE, row.share, name, words);
    }
}

}  // namespace

void add_resources(TemplateDictionary& dict, const TemplateString& marker,
                   const std::vector<ResourceRow>& rows, const Words& words) {
    if (rows.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_resource_table.tpl", words);
    for (const ResourceRow& row : rows) {
        fill_resource(*part.AddSectionDictionary(kprt_ROW), row, words);
    }
}

namespace {

/// Writes the rows of the cost table one after the other.
class CostRows {
 public:
    CostRows(TemplateDictionary& part, const Words& words) : part_(part), words_(words) {}

    void add(const std::string& kind, const Reading& reading, const std::string& amount,
             const std::string& detail = {}) {
        TemplateDictionary& item = *part_.AddSectionDictionary(kpct_ROW);
        item.SetValue(kpct_KIND, kind);
        add_reading(item, kpct_AMOUNT, reading, amount, words_);
        if (!detail.empty()) {
            item.SetValueAndShowSection(kpct_DETAIL_TEXT, detail, kpct_DETAIL);
        }
        last_ = &item;
    }
    /// A name behind the row that was added last; it is not translated.
    void model(const std::string& name) {
        if (!name.empty()) last_->SetValueAndShowSection(kpct_MODEL_NAME, name, kpct_MODEL);
    }
    void indent() { last_->ShowSection(kpct_INDENT); }

 private:
    TemplateDictionary& part_;
    const Words& words_;
    TemplateDictionary* last_ = nullptr;
};

std::string amount(const Reading& reading, const char* unit, const Words& words) {
    const double* number = finite(reading);
    return number == nullptr ? std::string() : words.with_unit(*number, unit);
}

std::string price(const Reading& reading, const CostTable& cost, const Words& words) {
    const double* number = finite(reading);
    return number == nullptr ? std::string() : words.money(*number, cost.currency);
}

std::string hardware_detail(const CostTable& cost, const Words& words) {
    if (!cost.amortization_years) return {};
    return words.text(mark("spread over {0} years"), {words.number(*cost.amortization_years)});
}

void add_internal(CostRows& rows, const CostTable& cost, const Words& words) {
    const auto part = [&](bool enabled, const char* name, const Reading& reading,
                          const std::string& detail) {
        if (!enabled) return;
        rows.add(words.text(name), reading, price(reading, cost, words), detail);
        rows.indent();
    };
    if (!cost.electricity_enabled && !cost.cooling_enabled && !cost.hardware_enabled) return;
    rows.add(words.text(mark("Internal cost")), cost.total, price(cost.total, cost, words));
    part(cost.electricity_enabled, mark("Electricity"), cost.electricity, {});
    part(cost.cooling_enabled, mark("Cooling"), cost.cooling, {});
    part(cost.hardware_enabled, mark("Hardware"), cost.hardware, hardware_detail(cost, words));
}

}  // namespace

void add_cost(TemplateDictionary& dict, const TemplateString& marker, const CostTable& cost,
              const Words& words) {
    if (!cost.shown) return;
    TemplateDictionary& part = include(dict, marker, "part_cost_table.tpl", words);
    CostRows rows(part, words);
    if (cost.energy_enabled) {
        rows.add(words.text(mark("Energy")), cost.kwh, amount(cost.kwh, "kWh", words));
    }
    if (cost.co2_enabled) {
        rows.add(words.text(mark("CO₂ emissions")), cost.co2_grams,
                 amount(cost.co2_grams, "g", words));
    }
    if (cost.car_enabled) {
        rows.add(words.text(mark("Electric car range")), cost.car_km,
                 amount(cost.car_km, "km", words));
        rows.model(cost.car_model);
    }
    add_internal(rows, cost, words);
    if (cost.cloud_enabled) {
        rows.add(words.text(mark("Cloud equivalent")), cost.cloud, price(cost.cloud, cost, words));
        rows.model(cost.cloud_instance);
    }
    if (cost.energy_covered < 0.995 && finite(cost.kwh) != nullptr) {
        part.SetValueAndShowSection(
            kpct_COVERED_TEXT,
            words.text(
                mark("Power was measured for {0} of the job, so the energy is a lower bound."),
                {words.percent(cost.energy_covered)}),
            kpct_COVERED);
    }
}

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
    for (const std::string& line : script.lines) {
        // SetValueAndShowSection would leave out the empty ones.
        shown.AddSectionDictionary(kpst_LINE)->SetValue(kpst_LINE_TEXT, line);
    }
}

}  // namespace portal::views
