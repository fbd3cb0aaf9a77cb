#pragma once

#include "fcgi/base/time.h"
#include "handlers/site.h"
#include "handlers/sources/ldap/directory.h"
#include "handlers/sources/own/portal_db.h"
#include "handlers/sources/prometheus/metrics.h"
#include "handlers/sources/robinhood/storage.h"
#include "handlers/sources/settled_answers.h"
#include "handlers/sources/shared_answers.h"
#include "handlers/sources/slurm/slurm_db.h"
#include "handlers/watched.h"
#include "views/views.h"

namespace portal {

/// All that a handler may use, the same for every request; all of it outlives the portal.
struct Context {
    const Site& site;
    const Clock& clock;
    slurm::SlurmDb& slurm;
    prometheus::Metrics& metrics;
    ldap::Directory& directory;
    robinhood::Storage& storage;
    SharedAnswers& answers;   ///< of graphs that anybody may see
    SettledAnswers& settled;  ///< of graphs that never change any more
    database::PortalDb& portal_db;
    views::Views& views;
    const Watched& watched;
};

}  // namespace portal
