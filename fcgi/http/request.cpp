#include "fcgi/http/request.h"

#include <limits>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"

namespace portal {
namespace {

/// The only value of a name; empty optional if absent, HttpError 400 if it is there twice.
std::optional<std::string> only_value(const std::vector<QueryParameter>& values,
                                      std::string_view name) {
    std::optional<std::string> found;
    for (const QueryParameter& candidate : values) {
        if (candidate.name != name) continue;
        if (found) throw HttpError(400, "");
        found = candidate.value;
    }
    return found;
}

}  // namespace

std::optional<std::string> Request::parameter(std::string_view name) const {
    return only_value(query, name);
}

std::optional<std::string> Request::form_value(std::string_view name) const {
    return only_value(form, name);
}

Username Request::username() const {
    auto login = parse_username(capture("username"));
    if (!login) throw HttpError(404, "");
    return *std::move(login);
}

JobId Request::job_id() const {
    const std::string& written = capture("job_id");
    const auto number = text::parse_unsigned(written, std::numeric_limits<std::uint32_t>::max());
    // One spelling for each job, so that a page has one address.
    if (!number || *number == 0 || std::to_string(*number) != written) throw HttpError(404, "");
    return {static_cast<std::uint32_t>(*number)};
}

const std::string& Request::capture(const std::string& name) const {
    return captures.at(name);
}

}  // namespace portal
