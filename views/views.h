#pragma once

#include "fcgi/http/response.h"
#include "views/pages.h"

/// views: the pages as handlers fill them, and what turns them into HTML. Includes go one way:
/// views/base, views/parts, views/pages, then the headers here. Of the rest of the program only
/// fcgi/base and the response may be included: a view asks no source and knows no request.
namespace portal::views {

/// Turns page structs into responses. Implemented by Renderer; tests keep the struct instead.
class Views {
 public:
    virtual ~Views() = default;

    /// A whole page with its status (200, or the one of an ErrorPage), Content-Language and body.
    virtual Response render(const AnyPage& page) = 0;
};

}  // namespace portal::views
