#include "views/tool/extract.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "views/tool/po.h"

namespace portal::tool {
namespace {

bool in_name(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// Walks over a C++ source: names, literals, and everything else.
class Scanner {
 public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }

    /// The next name; empty if something else was passed over.
    std::string_view next_name() {
        skip_comment();
        if (done()) return {};
        if (text_[at_] == '"' || text_[at_] == '\'') {
            skip_literal();
            return {};
        }
        const std::size_t from = at_;
        while (!done() && in_name(text_[at_])) ++at_;
        if (at_ == from) ++at_;
        return in_name(text_[from]) ? text_.substr(from, at_ - from) : std::string_view{};
    }
    bool take(char wanted) {
        skip_space();
        if (done() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }
    void skip_number() {
        skip_space();
        while (!done() && in_name(text_[at_])) ++at_;
    }
    /// Adjacent string literals as one text; empty if there are none.
    std::optional<std::string> text() {
        std::optional<std::string> joined;
        for (skip_space(); !done() && text_[at_] == '"'; skip_space()) {
            const std::size_t from = at_ + 1;
            skip_literal();
            joined = joined.value_or("") + unescape(text_.substr(from, at_ - from - 1));
        }
        return joined;
    }
    [[nodiscard]] std::size_t line() const {
        const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size()));
        return 1 + static_cast<std::size_t>(std::count(text_.begin(), end, '\n'));
    }

 private:
    void skip_space() {
        while (!done() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    void skip_comment() {
        if (text_.substr(at_, 2) == "//") at_ = std::min(text_.find('\n', at_), text_.size());
        if (text_.substr(at_, 2) == "/*") at_ = std::min(text_.find("*/", at_), text_.size());
    }
    void skip_literal() {
        const char end = text_[at_++];
        while (!done() && text_[at_] != end && text_[at_] != '\n')
            at_ += text_[at_] == '\\' ? 2 : 1;
        ++at_;
    }
    std::string_view text_;
    std::size_t at_ = 0;
};

/// The ids after a keyword that was just read; nothing if its argument is not a literal.
void take_ids(Scanner& scanner, std::string_view keyword, const std::string& file,
              std::vector<Found>& found) {
    if (!scanner.take('(')) return;
    if (keyword == "HttpError") {
        scanner.skip_number();
        if (!scanner.take(',')) return;
    }
    const auto id = scanner.text();
    if (!id || id->empty()) return;
    Found one{*id, {}, file + ":" + std::to_string(scanner.line())};
    if (keyword.substr(0, 6) == "plural" && scanner.take(',')) {
        one.id_plural = scanner.text().value_or("");
    }
    found.push_back(std::move(one));
}

}  // namespace

std::vector<Found> template_marks(std::string_view text, const std::string& file) {
    std::vector<Found> found;
    for (std::size_t at = text.find("[["); at != std::string_view::npos; at = text.find("[[", at)) {
        const auto end = text.find("]]", at);
        const auto line = 1 + std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n');
        found.push_back(
            {squeeze(text.substr(at + 2, end - at - 2)), {}, file + ":" + std::to_string(line)});
        at = end;
    }
    return found;
}

std::vector<Found> source_ids(std::string_view text, const std::string& file) {
    constexpr std::string_view kKeywords[] = {"sentence", "mark", "plural_sentence", "plural",
                                              "HttpError"};
    std::vector<Found> found;
    Scanner scanner(text);
    while (!scanner.done()) {
        const auto name = scanner.next_name();
        if (std::find(std::begin(kKeywords), std::end(kKeywords), name) != std::end(kKeywords)) {
            take_ids(scanner, name, file, found);
        }
    }
    return found;
}

std::string squeeze(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        const bool blank = letter == ' ' || letter == '\n' || letter == '\t';
        if (!blank) {
            result += letter;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    return result;
}

std::vector<std::string> placeholders(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
        std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) break;
        while (end < text.size() && text[end] == '}') ++end;
        found.emplace_back(text.substr(at, end - at));
        at = end;
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace portal::tool
