#include "handlers/days/table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "fcgi/base/text.h"
#include "handlers/page/csv_cell.h"
#include "handlers/page/sorting.h"

namespace portal {
namespace {

using database::DaySums;
using views::sentence;
using views::SumsRow;
using views::SumsTable;
using Number = std::optional<double>;

constexpr std::size_t kMostNamed = 5;

/// A column: how it is called, and what rows are sorted by there.
struct Column {
    SortKey key;
    const char* title;
    SortValue (*value)(const SumsRow&);
    bool number = true;
    bool SumsTable::*shown = nullptr;  ///< null: always
};

SortValue by(const Number& value) {
    if (!value) return std::monostate{};
    return *value;
}

constexpr auto kColumns = std::to_array<Column>({
    {{"user", false}, "", [](const SumsRow& row) { return SortValue(row.name); }, false},
    {{"cost"},
     views::mark("Cost wasted"),
     [](const SumsRow& row) { return by(row.cost); },
     true,
     &SumsTable::cost},
    {{"part"},
     views::mark("Part of the waste"),
     [](const SumsRow& row) { return by(row.part); },
     false},
    {{"change"}, views::mark("Change"), [](const SumsRow& row) { return by(row.change); }},
    {{"cores"}, views::mark("Core-hours"), [](const SumsRow& row) { return by(row.cores.had); }},
    {{"cores_used", false},
     views::mark("Cores used"),
     [](const SumsRow& row) { return by(row.cores.share); },
     false},
    {{"cores_wasted"},
     views::mark("Core-hours wasted"),
     [](const SumsRow& row) { return by(row.cores.wasted); }},
    {{"gpus"},
     views::mark("GPU-hours"),
     [](const SumsRow& row) { return by(row.gpus.had); },
     true,
     &SumsTable::gpus},
    {{"gpus_used", false},
     views::mark("GPUs used"),
     [](const SumsRow& row) { return by(row.gpus.share); },
     false,
     &SumsTable::gpus},
    {{"gpus_wasted"},
     views::mark("GPU-hours wasted"),
     [](const SumsRow& row) { return by(row.gpus.wasted); },
     true,
     &SumsTable::gpus},
    {{"memory"},
     views::mark("Memory (TiB-hours)"),
     [](const SumsRow& row) { return by(row.memory.had); }},
    {{"memory_used", false},
     views::mark("Memory used"),
     [](const SumsRow& row) { return by(row.memory.share); },
     false},
    {{"memory_wasted"},
     views::mark("Memory wasted (TiB-hours)"),
     [](const SumsRow& row) { return by(row.memory.wasted); }},
    {{"jobs"},
     views::mark("Jobs"),
     [](const SumsRow& row) { return SortValue(static_cast<double>(row.jobs)); }},
});

/// The part of the waste first: the usual order.
Sorting sorting_of_table(const Request& request) {
    std::vector<SortKey> keys = {{"part"}};
    for (const Column& column : kColumns) keys.push_back(column.key);
    return sorting_of(request, keys);
}

SumsRow row_of(const DaySums& sums, const DaySums& whole, const Worth& worth) {
    SumsRow row;
    row.name = sums.name;
    row.jobs = sums.jobs;
    row.cores = {hours_of(sums.core_s), share_of(sums.used_core_s, sums.known_core_s),
                 hours_of(sums.wasted_core_s)};
    row.memory = {hours_of(sums.memory_s), share_of(sums.used_memory_s, sums.known_memory_s),
                  hours_of(sums.wasted_memory_s)};
    row.gpus = {hours_of(sums.gpu_s), share_of(sums.used_gpu_s, sums.known_gpu_s),
                hours_of(sums.wasted_gpu_s)};
    row.cost = sums.wasted_cost;
    row.part = share_of(waste_of(sums, worth), waste_of(whole, worth));
    return row;
}

/// How the waste has changed; empty: there was none before.
Number change_of(const DaySums& sums, const DaySums* before, const Worth& worth) {
    const Number now = waste_of(sums, worth);
    const Number then = before == nullptr ? std::nullopt : waste_of(*before, worth);
    if (!now || then.value_or(0) <= 0) return std::nullopt;
    return *now / *then - 1;
}

void put_columns(SumsTable& table, const Request& request, const DaySumsOf& sums,
                 const Sorting& sorting) {
    for (const Column& column : kColumns) {
        if (column.shown != nullptr && !(table.*column.shown)) continue;
        views::Sentence title = *column.title == 0 ? sums.who : sentence(column.title);
        table.columns.push_back(
            sort_column(request, sums.page, sorting, column.key, std::move(title)));
        table.columns.back().number = column.number;
    }
}

void put_in_order(std::vector<SumsRow>& rows, const Sorting& sorting) {
    for (const Column& column : kColumns) {
        if (column.key.name == sorting.key) sort_rows(rows, sorting, column.value);
    }
}

void cut(SumsTable& table, std::size_t most) {
    if (most == 0 || table.rows.size() <= most) return;
    table.more = views::plural_sentence("{0} more row is not shown; the file has all.",
                                        "{0} more rows are not shown; the file has all.",
                                        table.rows.size() - most);
    table.rows.resize(most);
}

void sort_by_waste(std::vector<DaySums>& rows, const Worth& worth) {
    std::stable_sort(rows.begin(), rows.end(), [&](const DaySums& a, const DaySums& b) {
        return waste_of(a, worth).value_or(-1) > waste_of(b, worth).value_or(-1);
    });
}

struct CsvColumn {
    const char* name;
    Number DaySums::*place;
    double unit = 1;
};

constexpr auto kCsv = std::to_array<CsvColumn>({
    {"wasted_cost", &DaySums::wasted_cost},
    {"cost", &DaySums::cost},
    {"core_hours", &DaySums::core_s, kSecondsPerHour},
    {"core_hours_of_known_use", &DaySums::known_core_s, kSecondsPerHour},
    {"core_hours_used", &DaySums::used_core_s, kSecondsPerHour},
    {"core_hours_wasted", &DaySums::wasted_core_s, kSecondsPerHour},
    {"memory_byte_hours", &DaySums::memory_s, kSecondsPerHour},
    {"memory_byte_hours_of_known_use", &DaySums::known_memory_s, kSecondsPerHour},
    {"memory_byte_hours_used", &DaySums::used_memory_s, kSecondsPerHour},
    {"memory_byte_hours_wasted", &DaySums::wasted_memory_s, kSecondsPerHour},
    {"gpu_hours", &DaySums::gpu_s, kSecondsPerHour},
    {"gpu_hours_of_known_use", &DaySums::known_gpu_s, kSecondsPerHour},
    {"gpu_hours_used", &DaySums::used_gpu_s, kSecondsPerHour},
    {"gpu_hours_wasted", &DaySums::wasted_gpu_s, kSecondsPerHour},
    {"energy_kwh", &DaySums::energy_j, kJoulesPerKwh},
    {"hours_requested", &DaySums::requested_s, kSecondsPerHour},
    {"hours_run", &DaySums::ran_s, kSecondsPerHour},
});

constexpr std::uint64_t DaySums::*kCounts[] = {&DaySums::jobs, &DaySums::short_jobs,
                                               &DaySums::limit_jobs, &DaySums::limit_reached};

std::string csv_row(const DaySums& sums) {
    std::string row = csv_cell(text::to_utf8(sums.name));
    for (const auto count : kCounts) row += "," + std::to_string(sums.*count);
    for (const CsvColumn& column : kCsv) {
        row += ',';
        if (const Number& value = sums.*column.place) row += csv_number(*value / column.unit);
    }
    return row.append(kRowEnd);
}

std::string csv_head() {
    std::string head = "name,jobs,short_jobs,jobs_with_limit,ended_at_limit";
    for (const CsvColumn& column : kCsv) head.append(",").append(column.name);
    return head.append(kRowEnd);
}

}  // namespace

views::SumsTable day_table(const Request& request, const DaySumsOf& sums, const Site& site) {
    const Sorting sorting = sorting_of_table(request);
    const DaySums whole = total_of(sums.rows);
    const DaySums earlier = total_of(sums.before);
    const Worth worth = worth_in(whole, site);
    std::map<std::string, const DaySums*> before;
    for (const DaySums& one : sums.before) before[one.name] = &one;
    SumsTable table;
    table.gpus = whole.gpu_s.value_or(0) > 0;
    table.cost = whole.wasted_cost.has_value();
    table.currency = site.cost.currency;
    for (const DaySums& one : sums.rows) {
        SumsRow row = row_of(one, whole, worth);
        const auto found = before.find(one.name);
        row.change = change_of(one, found == before.end() ? nullptr : found->second, worth);
        if (!one.name.empty()) row.link = sums.link(one.name);
        table.rows.push_back(std::move(row));
    }
    put_columns(table, request, sums, sorting);
    put_in_order(table.rows, sorting);
    cut(table, sums.most);
    table.total = row_of(whole, whole, worth);
    table.total.change = change_of(whole, &earlier, worth);
    return table;
}

void check_day_sorting(const Request& request) {
    (void)sorting_of_table(request);
}

Response day_csv(const DaySumsOf& sums, database::Days days, const std::string& name,
                 const Site& site) {
    std::vector<DaySums> rows = sums.rows;
    sort_by_waste(rows, worth_in(total_of(rows), site));
    Response response =
        csv_file(name + "-" + date_of(days.from) + "-" + date_of(days.to - 1) + ".csv");
    response.body += csv_head();
    for (const DaySums& row : rows) response.body += csv_row(row);
    return response;
}

std::optional<MostWaste> most_waste(const std::vector<DaySums>& all, const Site& site) {
    std::vector<DaySums> rows = all;
    const DaySums whole = total_of(rows);
    const Worth worth = worth_in(whole, site);
    const Number wasted = waste_of(whole, worth);
    if (rows.size() <= kMostNamed || wasted.value_or(0) <= 0) return std::nullopt;
    sort_by_waste(rows, worth);
    MostWaste most;
    for (std::size_t place = 0; place < kMostNamed; ++place) {
        most.names.push_back(rows[place].name);
        most.part += waste_of(rows[place], worth).value_or(0) / *wasted;
    }
    return most;
}

}  // namespace portal
