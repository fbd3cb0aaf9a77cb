#include "handlers/access/form_guard.h"

#include "fcgi/http/form.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/media_type.h"
#include "handlers/sources/own/digest.h"

namespace portal {
namespace {

constexpr std::size_t kLongestForm = std::size_t{16} << 10U;

bool is_from_here(const Visit& visit, const std::vector<QueryParameter>& fields) {
    if (visit.form_token.empty()) return visit.request.same_origin;
    const auto sent = only_value(fields, kFormTokenName);
    return sent && database::same_secret(*sent, visit.form_token);
}

}  // namespace

std::string form_token(const Viewer& viewer, std::string_view key) {
    if (viewer.login.value.empty()) return {};
    return database::hmac_hex(key, "form of " + viewer.login.value);
}

std::vector<QueryParameter> read_page_form(const Visit& visit) {
    auto fields = read_text_form(visit.request.content_type, visit.body);
    if (!is_from_here(visit, fields)) {
        throw HttpError(403, views::sentence("This form is too old, or was not sent from a page of "
                                             "the portal. Go back, reload the page and try again.")
                                 .id);
    }
    return fields;
}

std::optional<std::size_t> longest_page_form(std::string_view content_type, const Site& /*site*/) {
    if (media_type(content_type) != kFormType) return std::nullopt;
    return kLongestForm;
}

}  // namespace portal
