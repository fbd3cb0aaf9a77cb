#pragma once

#include "fcgi/base/result.h"
#include "handlers/context.h"
#include "handlers/visit.h"

namespace portal {

/// uid of the path's {username}. Throws HttpError 404 if the directory does not know the login, 403
/// if it is the viewer's own; errs if the directory does not answer.
[[nodiscard]] Result<Uid> uid_of(const Visit& visit, Context& context);

}  // namespace portal
