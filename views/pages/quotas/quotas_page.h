#pragma once

#include <optional>
#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/parts/charts/notices.h"
#include "views/parts/columns.h"
#include "views/parts/tiles/quota.h"

namespace portal::views {

/// What one person has of a project; empty: not known.
struct ProjectOwner {
    std::string user;
    std::optional<double> files;
    std::optional<double> bytes;
};

/// A project on one file system.
struct ProjectQuota {
    std::string id;  ///< of its card on the page, without `#`
    Quota quota;
    std::vector<SortColumn> columns;
    std::vector<ProjectOwner> owners;  ///< in the order requested
};

/// What one person has on nearline storage; empty: next to nothing of that kind, or not known.
struct NearlineOwner {
    std::string user;
    std::optional<double> disk_files;
    std::optional<double> disk_bytes;
    std::optional<double> tape_files;
    std::optional<double> tape_bytes;
    bool disk_known = true;
    bool tape_known = true;
};

/// The nearline storage of an allocation on one file system.
struct NearlineQuota {
    std::string id;
    Quota quota;  ///< bytes: disk and tape together, against the limit; files: without a limit
    double disk_bytes = 0;
    double tape_bytes = 0;
    double disk_files = 0;
    double tape_files = 0;
    std::vector<SortColumn> columns;
    std::vector<NearlineOwner> owners;
};

/// The page of module Quotas: the fullest first.
struct QuotasPage {
    Frame frame;
    std::string owner;
    std::vector<Notice> notices;
    std::vector<ProjectQuota> projects;
    std::vector<NearlineQuota> nearline;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const QuotasPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
