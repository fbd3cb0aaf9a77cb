#include "handlers/accountstats/accountstats.h"

#include "handlers/accountstats/account_graphs.h"
#include "handlers/accountstats/account_index.h"
#include "handlers/accountstats/account_page.h"
#include "handlers/accountstats/account_waste.h"
#include "views/base/messages.h"

namespace portal::accountstats {
namespace {

Routes routes() {
    return {
        {Method::Get, "/secure/accountstats/", Access::SignedIn, &account_index},
        {Method::Get, "/secure/accountstats/{account}/", Access::AccountMember, &account_page},
        {Method::Get, "/secure/accountstats/{account}/waste/", Access::AccountMember,
         &account_waste},
        {Method::Get, "/secure/accountstats/{account}/waste.csv", Access::AccountMember,
         &account_waste_file},
        {Method::Get, "/secure/accountstats/{account}/graph/{graph}.json", Access::AccountMember,
         &graph::answer_of<&account_graphs>},
    };
}

}  // namespace

Module module() {
    return {
        .name = "accountstats",
        .word = views::mark("My accounts"),
        .icon = "account",
        .routes = routes(),
        .shows = {{"use by member", [](const Site& s) { return s.exporters.job.enabled; }},
                  {"priority", [](const Site& s) { return s.exporters.account.enabled; }}},
        .shared = {"/secure/accountstats/", "/secure/accountstats/{account}/"},
    };
}

}  // namespace portal::accountstats
