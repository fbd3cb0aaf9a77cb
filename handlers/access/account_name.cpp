#include "handlers/access/account_name.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/login.h"
#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr std::size_t kLongest = 128;
constexpr std::string_view kMarks = "-_.@'+~&=:#%!^";

bool may_stand_in_name(char c) {
    return ascii::is_alnum(c) || kMarks.find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80U;
}

/// Characters that one does not see, and that may turn a line around: control characters of
/// Unicode, marks of direction, spaces without width.
bool has_invisible(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const std::string_view two = text.substr(i, 2);
        if (two[0] == '\xC2' && two[1] <= '\xA0') return true;
        if (two == "\xEF\xBB" || two == "\xE2\x81") return true;
        const bool general = two == "\xE2\x80" && i + 2 < text.size();
        if (general && (text[i + 2] <= '\x8F' || text[i + 2] >= '\xA8')) return true;
    }
    return false;
}

}  // namespace

bool AccountName::is_default(std::string_view prefix) const {
    return !prefix.empty() && same_login(std::string_view(group).substr(0, prefix.size()), prefix);
}

std::vector<std::string> AccountName::labels() const {
    std::string lower = full;
    std::transform(lower.begin(), lower.end(), lower.begin(), &ascii::to_lower);
    if (lower == full) return {full};
    return {full, std::move(lower)};
}

std::optional<AccountName> parse_account(std::string_view text) {
    if (text.empty() || text.size() > kLongest || text.front() == '-' || text.front() == '.' ||
        !std::all_of(text.begin(), text.end(), &may_stand_in_name) || !text::is_utf8(text) ||
        has_invisible(text)) {
        return std::nullopt;
    }
    AccountName name{std::string(text), std::string(text), text.ends_with("_gpu")};
    if (name.gpu || text.ends_with("_cpu")) name.group.resize(text.size() - 4);
    if (name.group.empty()) return std::nullopt;
    return name;
}

}  // namespace portal
