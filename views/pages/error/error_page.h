#pragma once

#include <optional>
#include <string>

#include "fcgi/base/result.h"
#include "views/base/frame.h"
#include "views/base/sentence.h"

namespace portal::views {

/// An error, for people. "Not allowed" and "not found" are the same page.
struct ErrorPage {
    Frame frame;
    int status = 404;
    Sentence message;                 ///< what was wrong, if there is more to say than the status
    std::optional<SourceId> missing;  ///< 503: the source that is away
    bool too_long = false;            ///< 503: that source ended the question by itself
    std::string contact;
    std::string sign_out;  ///< 403: where to end the sign-in; empty: nowhere
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const ErrorPage& page, TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
