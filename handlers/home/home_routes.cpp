#include "handlers/home/home_routes.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/form_guard.h"
#include "handlers/home/home.h"
#include "handlers/page/links.h"

namespace portal::pages {
namespace {

constexpr std::string_view kCookieLife = "31536000";

/// A path of this site and nothing else: no host, no scheme, no control characters.
bool is_local_path(std::string_view path) {
    const bool host = path.starts_with("//") || path.find('\\') != std::string_view::npos;
    const bool control = std::any_of(path.begin(), path.end(),
                                     [](char c) { return ascii::is_control(c) || c == ' '; });
    return path.starts_with('/') && !host && !control;
}

/// POST /language/ and /secure/language/ with `language` and `back`: keeps the language in a cookie
/// and goes back to a page of the portal.
Response choose_language(const Visit& visit, Context& context) {
    const auto form = read_page_form(visit);
    const auto language = language_of(only_value(form, "language").value_or(""));
    if (!language) throw HttpError(400, "");
    const std::string back = only_value(form, "back").value_or("");
    const std::string home = context.site.base_path + "/";
    const bool stays = is_local_path(back) && back.starts_with(home);
    Response response = redirect(303, stays ? back : home);
    const std::string path = context.site.base_path.empty() ? "/" : context.site.base_path;
    response.headers.emplace_back("Set-Cookie",
                                  "portal_language=" + std::string(language_code(*language)) +
                                      "; Path=" + path + "; Max-Age=" + std::string(kCookieLife) +
                                      "; SameSite=Lax; HttpOnly");
    return response;
}

Routes routes() {
    return {
        {Method::Get, "/", Access::Anyone, &home},
        {Method::Get, "/graph/lustre/{fs}/{graph}.json", Access::Anyone, &home_graph},
        {Method::Get, "/secure/me.json", Access::SignedIn, &me},
        {Method::Post, "/language/", Access::Anyone, &choose_language, &longest_page_form},
        {Method::Post, "/secure/language/", Access::SignedIn, &choose_language, &longest_page_form},
    };
}

}  // namespace

Module module() {
    return {
        .routes = routes(),
        .sections = {{"home", config::Naming::Named, &read_home_text},
                     {"sibling", config::Naming::Named, &read_sibling}},
        .shared = {"/"},
    };
}

}  // namespace portal::pages
