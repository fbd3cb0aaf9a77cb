#pragma once

// handlers/top is the module Top users, for staff: who wastes most right now on cores, memory and
// GPUs, which large-memory jobs do not need their nodes, who is heaviest on the file systems,
// and whose storage grew most.
// One file for each page; columns.h is the table they share. More than twenty files: the pages have
// little else in common.
// May include fcgi, the sources' interfaces, views, and the folders of handlers that all modules
// share. May not: another module.

#include "handlers/modules.h"

namespace portal::top {

/// What staff ask of everybody: the users, jobs and file systems that stand out.
[[nodiscard]] Module module();

}  // namespace portal::top
