#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/parts/part.h"

namespace portal::views {

/// One amount of the cost table. It has a row if the site measures it, or has a price for it.
struct CostRow {
    enum class Kind { Energy, Co2, CarRange, Internal, Electricity, Cooling, Hardware, Cloud };
    Kind kind = Kind::Energy;
    Reading amount;       ///< kWh, grams, km, else money; NoData: samples are missing
    std::string model{};  ///< of the car, or the cloud's instance; not translated
};

/// Energy and cost of a job.
struct CostTable {
    std::vector<CostRow> rows;  ///< in the order shown; Internal is the sum of the three after it
    std::string currency;
    std::optional<double> amortization_years;
    double energy_covered = 1;  ///< share of the job's node-hours that the samples cover
};

/// Nothing if the table has no rows.
void add_cost(TemplateDictionary& dict, const TemplateString& marker, const CostTable& cost,
              const Words& words);

}  // namespace portal::views
