#include "handlers/page/csv_cell.h"

#include <algorithm>
#include <array>

#include "fcgi/base/json_writer.h"

namespace portal {
namespace {

bool is_break(char c) {
    return c == ';' || c == '\t' || c == '\r' || c == '\n';
}

/// Each run of what a spreadsheet may split at becomes one blank.
std::string in_one_piece(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool broken = false;
    for (const char c : text) {
        if (!is_break(c)) out += c;
        if (is_break(c) && !broken) out += ' ';
        broken = is_break(c);
    }
    return out;
}

/// Blanks and marks beyond ASCII that nobody sees, as UTF-8: U+00A0, U+00AD, U+1680, U+180E,
/// U+2000 to U+200F, U+2028 to U+202F, U+205F to U+206F, U+3000, U+FEFF, and U+0080 to U+009F.
std::size_t unseen_length(std::string_view text) {
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    if (byte(0) <= 0x20 || byte(0) == 0x7F) return 1;
    if (byte(0) == 0xC2 && byte(1) >= 0x80 && (byte(1) <= 0xA0 || byte(1) == 0xAD)) return 2;
    const unsigned three = byte(0) << 16U | byte(1) << 8U | byte(2);
    const bool general = (three >= 0xE28080 && three <= 0xE2808F) ||
                         (three >= 0xE280A8 && three <= 0xE280AF) ||
                         (three >= 0xE2819F && three <= 0xE281AF);
    constexpr std::array kOthers = {0xE19A80U, 0xE1A08EU, 0xE38080U, 0xEFBBBFU};
    const bool other = std::find(kOthers.begin(), kOthers.end(), three) != kOthers.end();
    return general || other ? 3 : 0;
}

bool begins_formula(std::string_view text) {
    while (!text.empty()) {
        const std::size_t unseen = unseen_length(text);
        if (unseen == 0) break;
        text.remove_prefix(std::min(unseen, text.size()));
    }
    constexpr std::array<std::string_view, 8> kSigns = {
        "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    return std::any_of(kSigns.begin(), kSigns.end(),
                       [&](std::string_view sign) { return text.starts_with(sign); });
}

}  // namespace

std::string csv_cell(std::string_view utf8) {
    const std::string text = in_one_piece(utf8);
    std::string out = "\"";
    if (begins_formula(text)) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string csv_number(double number) {
    JsonWriter text;
    text.number(number);
    return text.take();
}

Response csv_file(const std::string& name) {
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.headers.emplace_back("Cache-Control", "private, no-store");
    response.body = kByteOrderMark;
    return response;
}

}  // namespace portal
