#include "handlers/sources/sql/statement.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal::sql {
namespace {

constexpr std::string_view kOptional = "optional:";
constexpr std::string_view kRows = "rows:";

std::string placeholders(std::size_t count) {
    if (count == 0 || count > StatementMaker::kLongestList) {
        throw std::logic_error("a list in a statement has " + std::to_string(count) + " members");
    }
    std::string out = "?";
    for (std::size_t i = 1; i < count; ++i) out += ",?";
    return out;
}

/// `count` rows in parentheses, each with that many placeholders.
std::string rows_of(std::string_view width, std::size_t count) {
    const std::string row =
        "(" + placeholders(text::parse_unsigned(width, StatementMaker::kLongestList).value_or(0)) +
        ")";
    if (count == 0 || count > StatementMaker::kLongestList) {
        throw std::logic_error("a statement for " + std::to_string(count) + " rows");
    }
    std::string out = row;
    for (std::size_t i = 1; i < count; ++i) out.append(",").append(row);
    return out;
}

}  // namespace

bool is_table_prefix(std::string_view name) {
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return ascii::is_lower(c) || ascii::is_digit(c) || c == '_' || c == '-' || c == '.';
    });
}

Statement plain(const queries::Query& query) {
    return {query.name, query.text};
}

StatementMaker::StatementMaker(std::string cluster) : cluster_(std::move(cluster)) {
    if (!is_table_prefix(cluster_)) {
        throw std::invalid_argument("cluster name must be 1 to 40 of [a-z0-9_.-]: " + cluster_);
    }
}

void StatementMaker::set_job_columns(std::string columns) {
    job_columns_ = std::move(columns);
}

void StatementMaker::set_job_filter(std::string conditions) {
    job_filter_ = std::move(conditions);
}

void StatementMaker::add_column(std::string_view name) {
    columns_.insert(std::string(name));
}

Statement StatementMaker::make(const queries::Query& query, std::size_t list_length) const {
    return {query.name, filled_in(query.text, list_length)};
}

std::string StatementMaker::filled_in(std::string_view rest, std::size_t list_length) const {
    std::string text;
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        const auto close = rest.find('}', open);
        if (close == std::string_view::npos) throw std::logic_error("unclosed { in a statement");
        text += rest.substr(0, open);
        text += replacement(rest.substr(open + 1, close - open - 1), list_length);
        rest.remove_prefix(close + 1);
    }
    return text.append(rest);
}

std::string StatementMaker::replacement(std::string_view what, std::size_t list_length) const {
    if (what == "cluster" && !cluster_.empty()) return cluster_;
    if (what == "job_columns" && !job_columns_.empty()) return filled_in(job_columns_, list_length);
    if (what == "job_filter" && !job_filter_.empty()) return filled_in(job_filter_, list_length);
    if (what == "list") return placeholders(list_length);
    if (what.substr(0, kRows.size()) == kRows) {
        return rows_of(what.substr(kRows.size()), list_length);
    }
    if (what.substr(0, kOptional.size()) != kOptional) {
        throw std::logic_error("unknown substitution in a statement: " + std::string(what));
    }
    const std::string column(what.substr(kOptional.size()));
    return columns_.count(column) > 0 ? column : "null as " + column;
}

std::string like_anywhere(std::string_view text) {
    if (text.empty()) return {};
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') out += '!';
        out += c;
    }
    return out + "%";
}

}  // namespace portal::sql
