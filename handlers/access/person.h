#pragma once

#include "fcgi/base/result.h"
#include "handlers/access/rules.h"
#include "handlers/context.h"
#include "handlers/sources/ldap/directory.h"
#include "handlers/sources/slurm/job.h"
#include "handlers/visit.h"

namespace portal {

/// The person that the path's {username} names. For staff it may be a number, for owners of jobs
/// whom the directory does not name: a person without logins. Throws HttpError 404 if the directory
/// does not know the login, 403 if it is the viewer's own; errs if the directory does not answer.
[[nodiscard]] Result<ldap::Person> person_of(const Visit& visit, Context& context);

/// uid of that person.
[[nodiscard]] Result<Uid> uid_of(const Visit& visit, Context& context);

/// Whose rows of Slurm's tables are that person's.
[[nodiscard]] slurm::Owner jobs_owner(const ldap::Person& person);

/// Names viewer and {username} as the directory does, which knows no case and may know several
/// logins of one person. Nobody becomes somebody whom the directory does not take them for; while
/// it does not answer, names stay as they are.
void settle_logins(Visit& visit, Access access, Context& context);

/// The viewer's login as the directory has it.
[[nodiscard]] Username settled_login(const Viewer& viewer, Context& context);

}  // namespace portal
