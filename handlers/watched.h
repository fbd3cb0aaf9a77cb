#pragma once

#include <string>
#include <vector>

#include "fcgi/server/pool_meter.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/own/audit_log.h"
#include "handlers/sources/settled_answers.h"

namespace portal {

/// A source as an operator knows it, with what the workers saw of it.
struct WatchedSource {
    SourceId id;
    std::string database;  ///< which of several of a kind, by its name in the configuration
    const Breaker& breaker;
};

/// What is known of this pool of workers and of its sources.
struct Watched {
    const PoolMeter& pool;
    const database::AuditLog& audit;
    const SettledAnswers& settled;
    std::vector<WatchedSource> sources;  ///< those the site has
    std::string version;
    std::string build;  ///< the linker's build id
};

}  // namespace portal
