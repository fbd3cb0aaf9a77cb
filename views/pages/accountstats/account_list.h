#pragma once

#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/base/frame.h"
#include "views/parts/charts/notices.h"

namespace portal::views {

/// One Slurm account of a person.
struct AccountRow {
    std::string account;
    std::string link;
    bool gpu = false;   ///< charged for GPUs, else for cores
    Reading granted;    ///< cores or GPUs by the directory; NoData: none
    Reading allocated;  ///< cores or GPUs held right now; NoData: none
    Reading used;       ///< of them in use
    Reading priority;
};

/// Accounts of one kind.
struct AccountSection {
    enum class Kind { Competition, Default, Other };
    Kind kind = Kind::Competition;
    std::vector<AccountRow> rows;  ///< never empty
};

/// The accounts of the person who asks.
struct AccountIndexPage {
    Frame frame;
    std::string path;  ///< of this page, for the form that opens any account
    std::vector<AccountSection> sections;
    std::vector<Notice> notices;
    bool measured = true;       ///< the site measures jobs
    bool has_priority = false;  ///< the site measures priorities
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const AccountIndexPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
