#pragma once

// handlers/page is what handlers of pages share: the frame, links, errors, time ranges, sorting,
// the API's answers. It knows no module.
// May include: fcgi, the interfaces of sources, views, handlers' faces. May not: another folder of
// handlers.

#include <string>
#include <string_view>

#include "fcgi/base/result.h"
#include "fcgi/http/response.h"
#include "handlers/visit.h"
#include "views/base/frame.h"

namespace portal {

/// Frame of a page. `whose` is the login whose data it shows, empty if the page is nobody's.
[[nodiscard]] views::Frame frame_of(const Visit& visit, const Site& site, Instant now,
                                    std::string_view whose);

/// The step of the way that leads to a person's jobs.
[[nodiscard]] views::Crumb jobs_crumb(const views::Frame& frame, const std::string& owner,
                                      const std::string& link);

/// Path of a person's page of a module, base path included: /secure/quotas/alice/.
[[nodiscard]] std::string module_link(const Site& site, std::string_view module,
                                      std::string_view owner);
/// The module that a path belongs to: /secure/MODULE/...; empty: none.
[[nodiscard]] std::string module_of(std::string_view path);

/// A redirect to a path of this site (base path included).
[[nodiscard]] Response redirect(int status, const std::string& location);

/// {"error": word, "message": text}; the message is left out if empty.
[[nodiscard]] Response json_error(int status, std::string_view word, std::string_view message);
/// Word of an HTTP status in JSON errors: "not_found" ...
[[nodiscard]] std::string_view error_word(int status);

/// 503 with Retry-After: a page's or a graph's primary source is away.
[[nodiscard]] Response source_missing_page(const Visit& visit, Context& context,
                                           const SourceError& error);
/// The same for a page that shows what it can without that source.
void become_unavailable(Response& response);
[[nodiscard]] Response source_missing_json(const SourceError& error);

/// A path with each segment percent-encoded; slashes stay.
[[nodiscard]] std::string encode_path(std::string_view path);

/// Writes the degraded-answer line of a source.
void log_missing(const SourceError& error);

/// uid of the path's {username}. Throws HttpError 404 if the directory does not know the login, 403
/// if it is the viewer's own; errs if the directory does not answer.
[[nodiscard]] Result<Uid> uid_of(const Visit& visit, Context& context);

}  // namespace portal
