#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/visit.h"

namespace portal {

/// The name of the hidden field that every form of a page has.
inline constexpr std::string_view kFormTokenName = "form_token";

/// What the forms of a viewer's pages send along, so that no other site can send one in their name:
/// 64 hexadecimal digits of a keyed hash of the login. Empty if nobody is signed in: a page that
/// looks the same for everybody must not carry anything of one person.
[[nodiscard]] std::string form_token(const Viewer& viewer, std::string_view key);

/// The fields of a page's form. Throws HttpError 400 if it cannot be read, holds bytes that are not
/// UTF-8 or has a field twice; 403 if it was not sent from a page of the viewer's: their token is
/// missing or another's, or, if nobody is signed in, the browser does not say that it comes from
/// this site.
[[nodiscard]] std::vector<QueryParameter> read_page_form(const Visit& visit);

/// LongestBody of a route that takes a page's form.
[[nodiscard]] std::optional<std::size_t> longest_page_form(std::string_view content_type,
                                                           const Site& site);

}  // namespace portal
