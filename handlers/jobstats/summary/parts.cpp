#include "handlers/jobstats/summary/parts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <vector>

#include "fcgi/base/text.h"

namespace portal::jobstats {
namespace {

/// A text column that is larger is of no use to anybody.
constexpr std::size_t kLongest = std::size_t{1} << 20U;
constexpr std::size_t kNodeFields = 4;
constexpr std::size_t kCardFields = 8;
constexpr std::size_t kFileFields = 5;

void add_number(std::string& text, const std::optional<double>& number) {
    text += '\t';
    if (!number) {
        text += '-';
        return;
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number);
    text.append(digits.data(), end.ptr);
}

void add_word(std::string& text, std::string_view word) {
    text += '\t';
    for (const char c : word) text += c == '\t' || c == '\n' ? ' ' : c;
}

std::optional<double> number_in(std::string_view field) {
    return text::parse_decimal(field);
}

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    while (true) {
        const auto end = line.find('\t');
        fields.push_back(line.substr(0, end));
        if (end == std::string_view::npos) return fields;
        line.remove_prefix(end + 1);
    }
}

void read_files(const std::vector<std::string_view>& fields, FileUse& files) {
    files.opened = number_in(fields[1]);
    files.deleted = number_in(fields[2]);
    files.requests = number_in(fields[3]);
    files.request_bytes = number_in(fields[4]);
}

void read_line(const std::vector<std::string_view>& fields, Measures& measures) {
    if (fields.size() == kNodeFields && fields[0] == "n") {
        measures.nodes.push_back(
            {std::string(fields[1]), number_in(fields[2]), number_in(fields[3])});
    }
    if (fields.size() == kFileFields && fields[0] == "f") read_files(fields, measures.files);
    if (fields.size() != kCardFields || fields[0] != "g") return;
    Card card;
    card.node = fields[1];
    card.number = fields[2];
    card.part = fields[3] == "part";
    if (const auto cycles = number_in(fields[4])) card.cycles = {*cycles, 1};
    card.memory = number_in(fields[5]);
    card.total = number_in(fields[6]);
    card.type = fields[7];
    measures.cards.push_back(card);
}

void add_files(std::string& text, const FileUse& files) {
    if (!files.opened && !files.deleted && !files.requests) return;
    text += 'f';
    for (const auto& number : {files.opened, files.deleted, files.requests, files.request_bytes}) {
        add_number(text, number);
    }
    text += '\n';
}

}  // namespace

std::optional<std::string> parts_text(const Measures& measures) {
    std::string text;
    for (const JobUse::Node& node : measures.nodes) {
        text += 'n';
        add_word(text, node.name);
        add_number(text, node.cores);
        add_number(text, node.memory);
        text += '\n';
    }
    for (const Card& card : measures.cards) {
        text += 'g';
        add_word(text, card.node);
        add_word(text, card.number);
        add_word(text, card.part ? "part" : "whole");
        add_number(text, card.cycles.mean());
        add_number(text, card.memory);
        add_number(text, card.total);
        add_word(text, card.type);
        text += '\n';
    }
    add_files(text, measures.files);
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    return text::to_utf8(text);
}

void read_parts(std::string_view text, Measures& measures) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        read_line(fields_of(text.substr(0, end)), measures);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    std::set<std::string> types;
    for (const Card& card : measures.cards) types.insert(card.type);
    measures.gpu_types.assign(types.begin(), types.end());
}

}  // namespace portal::jobstats
