#pragma once

#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/context.h"

namespace portal::top {

/// Are there Lustre measurements?
[[nodiscard]] bool has_lustre(const Site& site);

/// GET /secure/top/lustre/: the heaviest users of each file system.
[[nodiscard]] Response lustre_page(const Request& request, Context& context);

/// GET /secure/top/lustre/graph/lustre_mdt/{fs}.json: metadata operations by user.
[[nodiscard]] Response lustre_operations_graph(const Request& request, Context& context);

/// GET /secure/top/lustre/graph/lustre_ost_{rw}/{fs}.json: bytes read or written by user.
[[nodiscard]] Response lustre_bytes_graph(const Request& request, Context& context);

}  // namespace portal::top
