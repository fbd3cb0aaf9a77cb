#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fcgi/base/text.h"

namespace portal::fakes {

/// One `.case` file: request head and fixtures, `---`, status and headers, `---`, body. The README
/// beside the cases says what may stand where. Names of headers and fixtures are as written.
struct RequestCase {
    std::string method;
    std::string path;   ///< as in a URL, with its escapes
    std::string query;  ///< raw, without the question mark
    std::vector<std::pair<std::string, std::string>> fields;

    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< value may hold ***
    std::vector<std::string> absent_headers;
    std::vector<std::string> fragments;  ///< in order; may hold ***
    std::vector<std::string> absent_fragments;
};

namespace detail {

inline std::vector<std::string> case_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() || line.front() != '#') lines.emplace_back(line);
    }
    return lines;
}

inline std::pair<std::string, std::string> case_field(const std::string& line) {
    const auto colon = line.find(':');
    if (colon == std::string::npos || colon == 0) throw std::invalid_argument("no field: " + line);
    const auto value = text::trim(std::string_view(line).substr(colon + 1));
    return {line.substr(0, colon), std::string(value)};
}

inline void read_case_request(const std::string& line, RequestCase& one) {
    const auto space = line.find(' ');
    if (space == std::string::npos || space == 0) throw std::invalid_argument("no request line");
    one.method = line.substr(0, space);
    const std::string target = line.substr(space + 1);
    const auto mark = target.find('?');
    one.path = target.substr(0, mark);
    if (mark != std::string::npos) one.query = target.substr(mark + 1);
}

inline void read_case_answer(const std::string& line, RequestCase& one) {
    if (line.empty()) return;
    if (one.status == 0) {
        const auto status = text::parse_unsigned(line, 599);
        if (!status || *status < 100) throw std::invalid_argument("no status: " + line);
        one.status = static_cast<int>(*status);
    } else if (line.front() == '!') {
        one.absent_headers.push_back(line.substr(1));
    } else {
        one.headers.push_back(case_field(line));
    }
}

}  // namespace detail

/// Reads a case; throws std::invalid_argument that says what is wrong with it.
inline RequestCase parse_case(std::string_view text) {
    RequestCase one;
    int part = 0;
    for (const std::string& line : detail::case_lines(text)) {
        if (line == "---") {
            ++part;
        } else if (part == 0 && one.method.empty()) {
            detail::read_case_request(line, one);
        } else if (part == 0) {
            if (!line.empty()) one.fields.push_back(detail::case_field(line));
        } else if (part == 1) {
            detail::read_case_answer(line, one);
        } else if (!line.empty()) {
            const bool absent = line.front() == '!';
            (absent ? one.absent_fragments : one.fragments).push_back(line.substr(absent ? 1 : 0));
        }
    }
    if (one.method.empty() || one.status == 0) throw std::invalid_argument("no request or status");
    return one;
}

/// Where the text behind a match of the pattern begins, searching from `from`; npos if the pattern
/// does not occur. `***` in it stands for anything.
inline std::size_t match_behind(std::string_view text, std::string_view pattern,
                                std::size_t from = 0) {
    while (from != std::string_view::npos) {
        const auto wild = pattern.find("***");
        const std::string_view piece = pattern.substr(0, wild);
        const auto found = text.find(piece, from);
        if (found == std::string_view::npos) return found;
        from = found + piece.size();
        if (wild == std::string_view::npos) return from;
        pattern.remove_prefix(wild + 3);
    }
    return from;
}

}  // namespace portal::fakes
