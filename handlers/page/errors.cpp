#include "handlers/page/errors.h"

#include "fcgi/base/json_writer.h"
#include "fcgi/base/log.h"
#include "handlers/page/frame.h"

namespace portal {
namespace {

/// What its reader can narrow; people and file systems are not searched.
bool is_long_search(const SourceError& error) {
    const bool searched = error.source == SourceId::Slurm || error.source == SourceId::Prometheus ||
                          error.source == SourceId::Portal;
    return searched && error.fault == Fault::TooLong;
}

}  // namespace

Response json_error(int status, std::string_view word, std::string_view message) {
    JsonWriter json;
    json.begin_object();
    json.key("error").value(word);
    if (!message.empty()) json.key("message").value(message);
    json.end_object();
    return json_response(status, json.take(), "no-store");
}

std::string_view error_word(int status) {
    switch (status) {
        case 400:
            return "bad_request";
        case 401:
            return "signed_out";
        case 403:
            return "forbidden";
        case 404:
            return "not_found";
        case 405:
            return "method_not_allowed";
        case 413:
            return "too_large";
        case 503:
            return "unavailable";
        default:
            return "failed";
    }
}

Response source_missing_page(const Visit& visit, Context& context, const SourceError& error) {
    log_missing(error);
    Response response = context.views.render(views::ErrorPage{
        .frame = frame_of(visit, context.site, context.clock.now(), ""),
        .status = 503,
        .message = {},
        .missing = error.source,
        .too_long = is_long_search(error),
        .contact = context.site.contact,
        .sign_out = {},
    });
    become_unavailable(response);
    return response;
}

void become_unavailable(Response& response) {
    response.status = 503;
    response.headers.emplace_back("Retry-After", kRetryAfter);
}

Response source_missing_json(const SourceError& error) {
    log_missing(error);
    const bool too_long = is_long_search(error);
    const std::string_view word = too_long ? fault_name(error.fault) : source_name(error.source);
    Response response = json_error(503, word, "");
    become_unavailable(response);
    return response;
}

void log_missing(const SourceError& error) {
    log::write(log::Level::Warning, "source_missing",
               {{"source", source_name(error.source)},
                {"fault", fault_name(error.fault)},
                {"detail", error.detail}});
}

}  // namespace portal
