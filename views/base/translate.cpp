#include "views/base/translate.h"

#include <stdexcept>

namespace portal::views {
namespace {

/// Runs of white space as one blank: a mark may be broken over lines.
std::string squeeze(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        if (letter != ' ' && letter != '\n') {
            result += letter;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    return result;
}

std::string escape(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += letter;
        }
    }
    return result;
}

}  // namespace

std::string translate_template(std::string_view text, const Words& words) {
    std::string result;
    while (true) {
        const auto from = text.find("[[");
        result += text.substr(0, from);
        if (from == std::string_view::npos) return result;
        const auto to = text.find("]]", from);
        if (to == std::string_view::npos) throw std::runtime_error("a [[ mark has no end");
        result += escape(words.text(squeeze(text.substr(from + 2, to - from - 2))));
        text.remove_prefix(to + 2);
    }
}

}  // namespace portal::views
