#include "views/pages/accountstats/priority.h"

namespace portal::views {

std::string priority_text(double priority, const Words& words) {
    return priority < kHighestPriority ? words.number(priority)
                                       : words.text(mark("Highest of all"));
}

}  // namespace portal::views
