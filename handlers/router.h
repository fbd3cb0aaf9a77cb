#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "handlers/route.h"

namespace portal {

/// What a path leads to.
struct Match {
    const Route* route = nullptr;      ///< null: nothing there for this method
    std::optional<Captures> captures;  ///< empty: the path names what cannot be
    std::vector<Method> allowed;       ///< methods of the path, for 405; empty: no such path
    bool slash_missing = false;        ///< the path with a final slash would match
};

/// The routes of all modules.
class Router {
 public:
    /// Throws std::logic_error if two rows have the same method and shape, or if a pattern has a
    /// name that Captures does not know.
    explicit Router(Routes routes);

    /// The first row that fits. A client of the API may leave out the final slash: a redirect would
    /// lose its body.
    [[nodiscard]] Match find(Method method, std::string_view path) const;
    [[nodiscard]] const Routes& routes() const { return routes_; }

 private:
    Routes routes_;
};

/// "GET", "POST" ...
[[nodiscard]] std::string_view method_name(Method method);
/// "anyone", "signed-in", "self-or-staff", "staff", "operator", "token:SCOPE" ...
[[nodiscard]] std::string_view access_name(Access access);

}  // namespace portal
