#include "handlers/home/home_routes.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/http/http_error.h"
#include "handlers/home/home.h"
#include "handlers/page/pages.h"

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

/// GET /language/{code}?back=PATH: keeps the language in a cookie and goes back.
Response choose_language(const Visit& visit, Context& context) {
    const std::string code(language_code(visit.captures.language));
    const std::string back = visit.request.parameter("back").value_or("");
    const std::string home = context.site.base_path + "/";
    const bool stays = is_local_path(back) && back.starts_with(home);
    Response response = redirect(302, stays ? back : home);
    const std::string path = context.site.base_path.empty() ? "/" : context.site.base_path;
    response.headers.emplace_back("Set-Cookie", "portal_language=" + code + "; Path=" + path +
                                                    "; Max-Age=" + std::string(kCookieLife) +
                                                    "; SameSite=Lax; HttpOnly");
    return response;
}

Routes routes() {
    return {
        {Method::Get, "/", Access::Anyone, &home},
        {Method::Get, "/graph/lustre/{fs}/{graph}.json", Access::Anyone, &home_graph},
        {Method::Get, "/secure/me.json", Access::SignedIn, &me},
        {Method::Get, "/language/{code}", Access::Anyone, &choose_language},
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
