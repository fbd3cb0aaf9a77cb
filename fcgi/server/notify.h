#pragma once

#include <string>

namespace portal {

/// Tells the service manager a state such as "READY=1", if NOTIFY_SOCKET names its socket; nothing
/// otherwise, and failures are nobody's problem.
void notify_service(const std::string& state);

/// True if stderr leads to systemd's journal (JOURNAL_STREAM names it).
[[nodiscard]] bool stderr_is_journal();

}  // namespace portal
