#include "fcgi/config/ini.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "fcgi/config/error.h"

namespace portal::ini {
namespace {

constexpr std::size_t kLongestLine = 4096;

bool is_key(std::string_view text) {
    const auto allowed = [](char c) {
        return ascii::is_lower(c) || ascii::is_digit(c) || c == '_';
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

/// True for bytes that have no place in a line: control characters other than the tab.
bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return ascii::is_control(c) && c != '\t'; });
}

class Parser {
 public:
    explicit Parser(const std::string& path) { file_.path = path; }

    void line(std::string_view raw) {
        ++number_;
        if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
        if (raw.size() > kLongestLine) fail("line", "at most 4096 bytes");
        if (has_control(raw)) fail("line", "no control characters");
        if (!text::is_utf8(raw)) fail("line", "UTF-8 text");
        const std::string_view content = text::trim(raw);
        if (content.empty() || content[0] == ';' || content[0] == '#') return;
        if (content[0] == '[') {
            section(content);
        } else {
            entry(content);
        }
    }

    File take() { return std::move(file_); }

 private:
    [[noreturn]] void fail(std::string_view key, std::string_view expected) const {
        throw ConfigError(message(file_.path, number_, key, expected));
    }

    void section(std::string_view content) {
        if (content.back() != ']') fail(content, "[section] or [section name]");
        const std::string_view inner = text::trim(content.substr(1, content.size() - 2));
        const auto blank = inner.find_first_of(" \t");
        Section made{std::string(inner.substr(0, blank)), {}, number_, {}};
        if (blank != std::string_view::npos) made.name = text::trim(inner.substr(blank));
        if (!is_key(made.kind)) fail(content, "a section name of a-z, 0-9 and _");
        for (const Section& other : file_.sections) {
            if (other.kind == made.kind && other.name == made.name) {
                fail(content,
                     "each section once; it is also in line " + std::to_string(other.line));
            }
        }
        file_.sections.push_back(std::move(made));
    }

    void entry(std::string_view content) {
        const auto equals = content.find('=');
        if (equals == std::string_view::npos) fail("line", "[section], key = value or a comment");
        const std::string_view key = text::trim(content.substr(0, equals));
        if (!is_key(key)) fail("key", "a name of a-z, 0-9 and _ before the =");
        if (file_.sections.empty()) fail(key, "a [section] before the first key");
        auto& entries = file_.sections.back().entries;
        for (const Entry& other : entries) {
            if (other.key == key) {
                fail(key, "each key once; it is also in line " + std::to_string(other.line));
            }
        }
        const std::string_view value = text::trim(content.substr(equals + 1));
        entries.push_back({std::string(key), std::string(value), number_});
    }

    File file_;
    int number_ = 0;
};

}  // namespace

std::string message(const std::string& path, int line, std::string_view key,
                    std::string_view expected) {
    return path + ':' + std::to_string(line) + ": " + std::string(key) + ": expected " +
           std::string(expected);
}

File parse(std::string_view text, const std::string& path) {
    Parser parser(path);
    while (!text.empty()) {
        const auto end = text.find('\n');
        parser.line(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parser.take();
}

std::string read_text(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (stream) text << stream.rdbuf();
    if (!stream) throw ConfigError(path + ":0: file: expected a file that can be read");
    return text.str();
}

File read(const std::string& path) {
    return parse(read_text(path), path);
}

}  // namespace portal::ini
