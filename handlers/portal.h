#pragma once

#include "fcgi/server/application.h"
#include "handlers/router.h"

namespace portal {

/// What the portal is made of; all of it outlives the portal.
struct PortalParts {
    Context context;
    database::AuditLog& audit;
    Secret form_key;  ///< of the tokens in forms, the same in all workers
};

/// Finds the route of a request, checks who may use it, calls the handler, and turns errors into
/// pages or JSON.
class Portal {
 public:
    Portal(PortalParts parts, Routes routes);

    /// As Application::serve(), but for the deadline, which is the sources' (CurrentRequest).
    [[nodiscard]] Served serve(const Request& request, const ReadBody& read_body);
    /// As Application::failure().
    [[nodiscard]] Served failure(const Request& request, int status);

 private:
    [[nodiscard]] Response answer(Visit& visit, const Match& match, const ReadBody& read_body);
    [[nodiscard]] Response no_route(const Visit& visit, const Match& match);
    /// Has the handler answer a visit that is allowed, and keeps that staff saw another's data.
    [[nodiscard]] Response handle(const Visit& visit, const Route& route);
    [[nodiscard]] Response error(const Visit& visit, int status, const std::string& message);

    PortalParts parts_;
    Router router_;
};

}  // namespace portal
