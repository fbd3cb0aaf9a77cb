#pragma once

#include <functional>
#include <optional>

#include "fcgi/server/application.h"
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
    database::PortalDb& portal_db;
    views::Views& views;
    const Watched& watched;
    database::AuditLog& audit;
    /// Tells the sources that a request begins and by when it must be answered.
    std::function<void(const Deadline&)> begin;
};

/// Routes a request, checks access, calls the handler, and turns errors into pages or JSON.
class Portal final : public Application {
 public:
    Portal(PortalParts parts, Routes routes);

    Admission admit(Request& request, const Deadline& deadline) override;
    Response serve(Request& request, const Deadline& deadline) override;
    Response failure(const Request& request, int status) override;

 private:
    /// Finds the route and checks what can be checked without it: sign-in, token. The answer if
    /// there is one already.
    [[nodiscard]] std::optional<Response> enter(Request& request, const Deadline& deadline,
                                                const Route*& route);
    /// Keeps that somebody of the staff saw another's data.
    void keep_view(const Request& request, database::Subject subject);
    [[nodiscard]] Response dispatch(Request& request, const Deadline& deadline);
    [[nodiscard]] Response error(const Request& request, int status, const std::string& message);

    PortalParts parts_;
    Router router_;
};

}  // namespace portal
