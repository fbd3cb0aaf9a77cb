#include "handlers/jobstats/groups.h"

#include <optional>

namespace portal::jobstats {

std::vector<views::JobGroup> fold_arrays(std::vector<ListedJob> jobs) {
    std::vector<views::JobGroup> groups;
    std::optional<JobId> last_array;
    for (ListedJob& listed : jobs) {
        const auto& array = listed.job.array;
        if (!array || array != last_array) groups.emplace_back();
        last_array = array;
        views::JobGroup& group = groups.back();
        if (array) group.array_number = std::to_string(array->value);
        group.pending_tasks += listed.job.array_pending;
        group.rows.push_back(std::move(listed.row));
    }
    return groups;
}

}  // namespace portal::jobstats
