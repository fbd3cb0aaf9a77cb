#include "handlers/accountstats/accountstats.h"

#include "handlers/accountstats/account_graphs.h"
#include "handlers/accountstats/account_index.h"
#include "handlers/accountstats/account_page.h"

namespace portal::accountstats {

Routes routes() {
    return {
        {Method::Get, "/secure/accountstats/", Access::SignedIn, &account_index},
        {Method::Get, "/secure/accountstats/{account}/", Access::AccountMember, &account_page},
        {Method::Get, "/secure/accountstats/{account}/graph/{graph}.json", Access::AccountMember,
         &account_graph},
    };
}

}  // namespace portal::accountstats
