#include "handlers/sources/robinhood/spellings.h"

#include <algorithm>
#include <set>

#include "fcgi/base/ascii.h"

namespace portal::robinhood {

std::vector<std::string> spellings_of(const std::vector<std::string>& groups) {
    std::set<std::string> all(groups.begin(), groups.end());
    for (std::string group : groups) {
        std::transform(group.begin(), group.end(), group.begin(), &ascii::to_lower);
        all.insert(std::move(group));
    }
    return {all.begin(), all.end()};
}

}  // namespace portal::robinhood
