#pragma once

#include <functional>

#include "fcgi/application.h"
#include "handlers/router.h"

namespace portal {

/// The parts the portal is made of; all outlive it.
struct PortalParts {
    const Site& site;
    const Clock& clock;
    slurm::SlurmDb& slurm;
    prometheus::Metrics& metrics;
    ldap::Directory& directory;
    robinhood::Storage& storage;
    SharedAnswers& answers;
    views::Views& views;
    /// Tells the sources that a request begins and by when it must be answered.
    std::function<void(const Deadline&)> begin;
};

/// Routes a request, checks access, calls the handler, and turns errors into pages or JSON.
class Portal final : public Application {
 public:
    Portal(PortalParts parts, Routes routes);

    Response serve(Request& request, const Deadline& deadline) override;
    Response failure(const Request& request, int status) override;

 private:
    [[nodiscard]] Response dispatch(Request& request, const Deadline& deadline);
    [[nodiscard]] Response error(const Request& request, int status, const std::string& message);

    PortalParts parts_;
    Router router_;
};

}  // namespace portal
