#include "handlers/sources/own/summaries/summary_columns.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <variant>

#include "fcgi/base/text.h"

namespace portal::database {
namespace {

/// Where a value is kept.
using Place = std::variant<std::uint64_t Summary::*, std::uint32_t Summary::*,
                           std::optional<std::uint32_t> Summary::*, std::string Summary::*,
                           std::optional<std::string> Summary::*, Summary::Number Summary::*>;

/// Numbers are whole where the column is; Small: of 32 bits.
enum class Kind { AsItIs, Whole, Small };

struct Column {
    const char* name;
    Place place;
    Kind kind = Kind::AsItIs;
    std::size_t longest = 0;  ///< characters of a text; 0: any
};

/// Every column of job_summary, once.
constexpr auto kColumns = std::to_array<Column>({
    {"job_db_inx", &Summary::job_db_inx},
    {"id_job", &Summary::id_job},
    {"id_array_job", &Summary::id_array_job},
    {"id_array_task", &Summary::id_array_task},
    {"id_user", &Summary::id_user},
    {"login", &Summary::login, Kind::AsItIs, 64},
    {"account", &Summary::account, Kind::AsItIs, 128},
    {"partition", &Summary::partition, Kind::AsItIs, 128},
    {"name", &Summary::name, Kind::AsItIs, 255},
    {"stem", &Summary::stem, Kind::AsItIs, 64},
    {"state", &Summary::state},
    {"time_submit", &Summary::time_submit},
    {"time_start", &Summary::time_start},
    {"time_end", &Summary::time_end},
    {"wait_s", &Summary::wait_s, Kind::Small},
    {"run_s", &Summary::run_s, Kind::Small},
    {"time_limit_s", &Summary::time_limit_s, Kind::Small},
    {"cores_requested", &Summary::cores_requested, Kind::Small},
    {"cores", &Summary::cores, Kind::Small},
    {"memory_requested", &Summary::memory_requested, Kind::Whole},
    {"memory", &Summary::memory, Kind::Whole},
    {"gpus_requested", &Summary::gpus_requested, Kind::Small},
    {"gpus", &Summary::gpus, Kind::Small},
    {"nodes_requested", &Summary::nodes_requested, Kind::Small},
    {"nodes", &Summary::nodes, Kind::Small},
    {"cores_used", &Summary::cores_used},
    {"cores_peak", &Summary::cores_peak},
    {"threads", &Summary::threads},
    {"memory_peak", &Summary::memory_peak, Kind::Whole},
    {"memory_at_most", &Summary::memory_at_most, Kind::Whole},
    {"memory_rss", &Summary::memory_rss, Kind::Whole},
    {"memory_rise", &Summary::memory_rise},
    {"node_cores_least", &Summary::node_cores_least},
    {"node_cores_most", &Summary::node_cores_most},
    {"node_memory_least", &Summary::node_memory_least, Kind::Whole},
    {"node_memory_most", &Summary::node_memory_most, Kind::Whole},
    {"gpu_used", &Summary::gpu_used},
    {"gpu_least", &Summary::gpu_least},
    {"gpu_most", &Summary::gpu_most},
    {"gpu_memory_peak", &Summary::gpu_memory_peak, Kind::Whole},
    {"gpu_memory", &Summary::gpu_memory, Kind::Whole},
    {"gpu_power", &Summary::gpu_power},
    {"gpu_watts", &Summary::gpu_watts},
    {"gpus_seen", &Summary::gpus_seen, Kind::Small},
    {"bytes_read", &Summary::bytes_read},
    {"bytes_written", &Summary::bytes_written},
    {"file_operations", &Summary::file_operations},
    {"energy_j", &Summary::energy_j},
    {"energy_covered", &Summary::energy_covered},
    {"wasted_core_s", &Summary::wasted_core_s},
    {"wasted_memory_s", &Summary::wasted_memory_s},
    {"wasted_gpu_s", &Summary::wasted_gpu_s},
    {"cost", &Summary::cost},
    {"wasted_cost", &Summary::wasted_cost},
    {"covered", &Summary::covered},
    {"gpu_covered", &Summary::gpu_covered},
    {"odd_samples", &Summary::odd_samples},
    {"flags", &Summary::flags},
    {"grade_time", &Summary::grade_time, Kind::Small},
    {"grade_cores", &Summary::grade_cores, Kind::Small},
    {"grade_memory", &Summary::grade_memory, Kind::Small},
    {"grade_gpu", &Summary::grade_gpu, Kind::Small},
    {"grade_gpu_memory", &Summary::grade_gpu_memory, Kind::Small},
    {"rules", &Summary::rules, Kind::AsItIs, 255},
    {"rules_version", &Summary::rules_version, Kind::AsItIs, 16},
    {"parts", &Summary::parts},
    {"made", &Summary::made},
});

/// What columns take: bigint, int and float. MariaDB refuses a row with more.
constexpr double kMostWhole = 0x1p62;
constexpr double kMostSmall = 0xFFFFFFFF;
constexpr double kMostFloat = 3e38;

/// The first characters of a text.
std::string first(const std::string& text, std::size_t longest) {
    if (longest == 0 || text.size() <= longest) return text;
    std::size_t characters = 0;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (text::begins_character(text[at]) && characters++ == longest) break;
    }
    return text.substr(0, at);
}

/// What can be no number of a job is not known.
sql::Value bound(const Summary::Number& number, Kind kind) {
    if (!number || !std::isfinite(*number) || *number < 0) return std::monostate{};
    if (kind == Kind::AsItIs) {
        return *number > kMostFloat ? sql::Value(std::monostate{}) : sql::Value(*number);
    }
    if (*number > (kind == Kind::Small ? kMostSmall : kMostWhole)) return std::monostate{};
    return static_cast<std::uint64_t>(std::llround(*number));
}

/// One column of a summary as a bound value.
struct Binder {
    const Summary& summary;
    const Column& column;

    sql::Value operator()(std::uint64_t Summary::*place) const { return summary.*place; }
    sql::Value operator()(std::uint32_t Summary::*place) const {
        return std::uint64_t{summary.*place};
    }
    sql::Value operator()(std::optional<std::uint32_t> Summary::*place) const {
        if (!(summary.*place)) return std::monostate{};
        return std::uint64_t{*(summary.*place)};
    }
    sql::Value operator()(std::string Summary::*place) const {
        return first(summary.*place, column.longest);
    }
    sql::Value operator()(std::optional<std::string> Summary::*place) const {
        if (!(summary.*place)) return std::monostate{};
        return *(summary.*place);
    }
    sql::Value operator()(Summary::Number Summary::*place) const {
        return bound(summary.*place, column.kind);
    }
};

/// One column of a row into a summary.
struct Reader {
    const sql::Row& row;
    const char* name;
    Summary& into;

    void operator()(std::uint64_t Summary::*place) const { into.*place = row.u64(name); }
    void operator()(std::uint32_t Summary::*place) const { into.*place = row.u32(name); }
    void operator()(std::optional<std::uint32_t> Summary::*place) const {
        if (!row.is_null(name)) into.*place = row.u32(name);
    }
    void operator()(std::string Summary::*place) const { into.*place = row.bytes(name); }
    void operator()(std::optional<std::string> Summary::*place) const {
        if (!row.is_null(name)) into.*place = row.bytes(name);
    }
    void operator()(Summary::Number Summary::*place) const {
        if (!row.is_null(name)) into.*place = row.number(name);
    }
};

}  // namespace

Summary read_summary(const sql::Row& row) {
    Summary summary;
    for (const Column& column : kColumns) {
        std::visit(Reader{row, column.name, summary}, column.place);
    }
    return summary;
}

std::vector<sql::Value> values_of(const Summary& summary) {
    std::vector<sql::Value> values;
    values.reserve(kColumns.size());
    for (const Column& column : kColumns) {
        values.push_back(std::visit(Binder{summary, column}, column.place));
    }
    return values;
}

std::string summary_columns(std::string_view without) {
    std::string list;
    for (const Column& column : kColumns) {
        const std::string name = '`' + std::string(column.name) + '`';
        list.append(list.empty() ? "" : ", ");
        list.append(column.name == without ? "null as " + name : name);
    }
    return list;
}

}  // namespace portal::database
