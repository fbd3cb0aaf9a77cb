#pragma once

#include "fcgi/http/response.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/usersummary/quota_series.h"
#include "handlers/visit.h"

namespace portal::usersummary {

/// Whose quotas, and the language that names them.
struct QuotaOwner {
    std::vector<QuotaSubject> subjects;
    Language language = Language::English;
};

/// The graphs of the summary page: one line for each quota.
[[nodiscard]] const graph::Page<QuotaOwner>& quota_graphs();

/// GET /secure/usersummary/{username}/graph/{graph}.json: quota_share, quota_bytes, quota_inodes,
/// or all of them as quota; named in the language of the request.
[[nodiscard]] Response summary_graph(const Visit& visit, Context& context);

}  // namespace portal::usersummary
