#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/days/sums.h"
#include "views/parts/jobs/sums_table.h"

namespace portal {

/// Sums of a period and of the one before, by name, and what the page says of a name.
struct DaySumsOf {
    std::string page;  ///< its path with the base path
    views::Sentence who;
    std::vector<database::DaySums> rows;
    std::vector<database::DaySums> before;
    std::function<std::string(const std::string& name)> link;  ///< empty: none
    std::size_t most = 0;                                      ///< rows that are shown; 0: all
};

/// The table in the order that the address requests, the most waste first without it. Throws
/// HttpError 400 for a column that there is not.
[[nodiscard]] views::SumsTable day_table(const Request& request, const DaySumsOf& sums,
                                         const Site& site);

/// Refuses (HttpError 400) a column that there is not, before any source is asked.
void check_day_sorting(const Request& request);

/// All rows as CSV, the most waste first, in hours (memory in byte-hours) and joules; what is not
/// known is empty. `name` is that of the file without its ending.
[[nodiscard]] Response day_csv(const DaySumsOf& sums, database::Days days, const std::string& name,
                               const Site& site);

/// Names of those who wasted most, at most five, and their part of the whole, if that is known.
struct MostWaste {
    std::vector<std::string> names;
    double part = 0;
};
[[nodiscard]] std::optional<MostWaste> most_waste(const std::vector<database::DaySums>& rows,
                                                  const Site& site);

}  // namespace portal
