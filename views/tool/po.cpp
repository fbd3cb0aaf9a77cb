#include "views/tool/po.h"

#include <sstream>
#include <stdexcept>

namespace portal::tool {
namespace {

/// The text between the first and the last quote of a line.
std::string text_in_quotes(const std::string& line, std::size_t number) {
    const auto first = line.find('"');
    const auto last = line.rfind('"');
    if (first == std::string::npos || first == last) {
        throw std::runtime_error("line " + std::to_string(number) + ": no quoted text");
    }
    return unescape(std::string_view(line).substr(first + 1, last - first - 1));
}

class Reader {
 public:
    void take(const std::string& line, std::size_t number) {
        if (line.empty()) return finish();
        if (line.rfind("#,", 0) == 0 && line.find("fuzzy") != std::string::npos) fuzzy_ = true;
        if (line.front() == '#') return;
        if (line.rfind("msgid_plural", 0) == 0) {
            part_ = &current_.id_plural;
        } else if (line.rfind("msgid", 0) == 0) {
            finish_text();
            part_ = &current_.id;
            open_ = true;
        } else if (line.rfind("msgstr", 0) == 0) {
            part_ = &current_.texts.emplace_back();
        } else if (line.front() != '"' || part_ == nullptr) {
            throw std::runtime_error("line " + std::to_string(number) + ": unknown keyword");
        }
        part_->append(text_in_quotes(line, number));
    }
    void finish() {
        finish_text();
        fuzzy_ = false;
    }
    std::vector<Message> messages;
    std::string head;

 private:
    void finish_text() {
        if (open_ && current_.id.empty() && !current_.texts.empty()) head = current_.texts.front();
        if (open_ && !current_.id.empty()) {
            current_.fuzzy = fuzzy_;
            messages.push_back(current_);
        }
        current_ = {};
        part_ = nullptr;
        open_ = false;
    }
    Message current_;
    std::string* part_ = nullptr;
    bool fuzzy_ = false;
    bool open_ = false;
};

}  // namespace

std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') result += '\\';
        result += letter;
    }
    return result + '"';
}

std::string unescape(std::string_view literal) {
    std::string result;
    for (std::size_t at = 0; at < literal.size(); ++at) {
        if (literal[at] != '\\' || at + 1 == literal.size()) {
            result += literal[at];
            continue;
        }
        const char next = literal[++at];
        result += next == 'n' ? '\n' : next == 't' ? '\t' : next;
    }
    return result;
}

namespace {

Reader read(std::string_view text) {
    Reader reader;
    std::istringstream lines{std::string(text)};
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) reader.take(line, ++number);
    reader.finish();
    return reader;
}

}  // namespace

std::vector<Message> parse_po(std::string_view text) {
    return read(text).messages;
}

std::string head_of(std::string_view text) {
    return read(text).head;
}

}  // namespace portal::tool
