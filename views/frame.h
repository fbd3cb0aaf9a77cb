#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/result.h"
#include "fcgi/base/units.h"

namespace portal::views {

/// One step of the way to a page; the last one has no link.
struct Crumb {
    enum class Kind { Jobs, Job };
    Kind kind = Kind::Jobs;
    std::string text;  ///< Jobs: the login; Job: the job's number as shown
    std::string link;
};

/// What surrounds every page.
struct Frame {
    Language language = Language::English;
    std::string path;      ///< path and query of this page, base path included, for the language switch
    std::string viewer;    ///< login; empty: nobody is signed in
    bool staff = false;
    std::string whose;     ///< login whose data staff look at; empty: one's own
    std::vector<Crumb> crumbs;
    Instant now{};         ///< the time of the data
    std::string request_id;
    unsigned live_seconds = 0;  ///< > 0: the page refreshes itself this often
};

/// A sentence on a page: message id (English, as in the catalogue) and its arguments, named {0}, {1} ... in
/// the message. Translated in the views only. Arguments are formatted texts or raw values by kind.
struct Argument {
    enum class Kind { Text, Number, Bytes, Duration, Percent, Instant };
    Kind kind = Kind::Text;
    std::string text;
    double number = 0;
};

struct Sentence {
    std::string id;
    std::vector<Argument> arguments;
};

/// One notice of a page; the heaviest come first.
struct Notice {
    enum class Weight { Error, Warning, Information };
    Weight weight = Weight::Information;
    Sentence title;  ///< may be empty
    Sentence text;
    std::string anchor;  ///< id of the section or graph it speaks of, without `#`; empty: none
};

}  // namespace portal::views
