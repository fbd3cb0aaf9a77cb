#include "allocations.h"

#include "people.h"

namespace portal::simulator {

std::vector<Allocation> allocations() {
    std::vector<Allocation> list;
    for (const std::string_view project : projects()) {
        const unsigned index = project_index(project);
        Allocation given{project, 1.0, 0.5, {}, {}, {}};
        if (project.starts_with("rrg-")) {
            given = {project, 40.0 + 10 * index, 5.0, 100.0, 400.0 + 150 * index, 8.5 + 4 * index};
        }
        if (project == "rrg-quintal") given.cores = given.gpus = {};
        if (project == "def-nadeau") given.storage_tb = 2, given.million_inodes = {};
        if (project == "def-ouellet") given.storage_tb = {}, given.million_inodes = 2;
        if (project == "def-perrin") given.storage_tb = given.million_inodes = {};
        list.push_back(given);
    }
    list.push_back({"cloud-boeuf", {}, {}, {}, {}, {}});
    return list;
}

}  // namespace portal::simulator
