#include "handlers/access/account_name.h"

#include <algorithm>

#include "fcgi/base/ascii.h"

namespace portal {
namespace {

constexpr std::size_t kLongest = 64;

bool may_stand_in_name(char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

}  // namespace

std::optional<AccountName> parse_account(std::string_view text) {
    if (text.empty() || text.size() > kLongest || !ascii::is_alnum(text.front()) ||
        !std::all_of(text.begin(), text.end(), &may_stand_in_name)) {
        return std::nullopt;
    }
    AccountName name{std::string(text), std::string(text), text.ends_with("_gpu")};
    if (name.gpu || text.ends_with("_cpu")) name.group.resize(text.size() - 4);
    if (name.group.empty()) return std::nullopt;
    return name;
}

}  // namespace portal
