#pragma once

#include <string>
#include <vector>

#include "fcgi/http/request.h"
#include "handlers/accountstats/member_use.h"
#include "handlers/visit.h"
#include "views/pages/accountstats/member_table.h"

namespace portal::accountstats {

/// The account whose members are listed. `members` is empty if the directory did not say who they
/// are: then nobody is shown as a former member.
struct Listed {
    const AccountName& account;
    const std::string& page;  ///< its path with the base path
    const std::vector<std::string>* members;
};

/// The table of the page, sorted as the address asks; by default the worst waste first. Throws
/// HttpError 400 for an unknown column.
[[nodiscard]] views::MemberTable member_table(const Visit& visit, const Listed& listed,
                                              const AccountUse& use, Context& context);

/// The same while the source does not answer.
[[nodiscard]] views::MemberTable no_member_table(const SourceError& error);

/// Throws HttpError 400 for an unknown column, before any source is asked.
void check_sorting(const Request& request, const AccountName& account);

}  // namespace portal::accountstats
