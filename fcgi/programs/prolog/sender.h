#pragma once

// fcgi/programs/prolog is userportal-prolog, which runs on Slurm's controller: spool, state file
// and sender of job scripts. It may include fcgi/base and fcgi/config only, and links nothing but
// libc; libcurl is opened when there is something to send.

#include "fcgi/programs/prolog/settings.h"
#include "fcgi/programs/prolog/spool.h"
#include "fcgi/programs/prolog/state.h"

namespace portal::prolog {

/// When a sender ends.
enum class SendUntil {
    Empty,   ///< nothing is left; it waits and tries again as long as it takes
    Failed,  ///< nothing is left, or the portal does not answer
};

/// Sends what the spool holds, if nobody else does so already. Returns true if it is empty. What
/// cannot be sent is tried again, with longer and longer pauses up to a minute; what the portal
/// refuses for good, or what is too old, is dropped with a line in the log. A process that is
/// killed here leaves everything in the spool; the next one goes on.
bool send_spool(const Settings& settings, const Spool& spool, const State& state, SendUntil until);

}  // namespace portal::prolog
