#include "handlers/jobstats/script/job_script.h"

#include <string_view>
#include <vector>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/jobstats/script/uploads.h"
#include "handlers/page/errors.h"

namespace portal::jobstats {
namespace {

constexpr std::uint64_t kMostVersions = 1000;
/// A script of nothing but line ends would be a page of a hundred megabytes.
constexpr std::size_t kMostLines = 5000;
constexpr std::size_t kMostShown = std::size_t{1} << 20U;

/// A script with the place of its version among all; no bytes: none was kept.
struct Found {
    std::optional<std::string> bytes;
    Uploads uploads;
    std::size_t chosen = 0;
};

/// Lines of a script up to what a page can show.
void fill_lines(views::ScriptText& shown, std::string_view script) {
    std::vector<std::string>& lines = shown.lines;
    const std::string clean = text::to_utf8(script.substr(0, kMostShown));
    std::string_view rest = clean;
    while (!rest.empty() && lines.size() < kMostLines) {
        const auto end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.emplace_back(line);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
        shown.cut = lines.size() == kMostLines && !rest.empty();
    }
    shown.cut = shown.cut || script.size() > kMostShown;
}

/// All uploaded versions that are surely this job's.
Result<Uploads> find_uploads(const Attempts& attempts, Context& context) {
    const auto versions = context.portal_db.versions(script_jobs(attempts.job()));
    if (!versions.ok()) return versions.error();
    Uploads uploads = uploads_of(attempts, versions.value());
    if (!may_be_anothers(attempts, uploads)) return uploads;
    const auto bearers = context.slurm.bearers(uploads.front().job);
    if (!bearers.ok()) return surely_own(attempts, std::move(uploads));
    return before_next(next_bearer(attempts, bearers.value()), std::move(uploads));
}

/// Place of the requested version, counted from one in the order of arrival.
std::size_t chosen_version(const std::optional<std::string>& wanted, const Attempts& attempts,
                           const Uploads& uploads) {
    if (!wanted) return version_of_attempt(attempts, uploads);
    const auto number = text::parse_unsigned(*wanted, kMostVersions);
    if (!number || *number == 0 || *number > uploads.size()) throw HttpError(404, "");
    return static_cast<std::size_t>(*number) - 1;
}

/// What Slurm keeps; if it keeps nothing, `instead` says why there is nothing else.
Result<Found> from_slurm(const Attempts& attempts, const std::optional<SourceError>& instead,
                         Context& context) {
    auto script = context.slurm.script(attempts.job().db_index);
    if (!script.ok()) return script.error();
    if (!script.value() && instead) return *instead;
    return Found{std::move(script).value(), {}, 0};
}

/// `version`: the place of one, as the reader wrote it.
Result<Found> find_script(const std::optional<std::string>& version, const Attempts& attempts,
                          Context& context) {
    auto uploads = find_uploads(attempts, context);
    if (!uploads.ok()) {
        log_missing(uploads.error());
        return from_slurm(attempts, uploads.error(), context);
    }
    if (uploads.value().empty()) {
        if (version) throw HttpError(404, "");
        return from_slurm(attempts, std::nullopt, context);
    }
    Found found{std::nullopt, std::move(uploads).value(), 0};
    found.chosen = chosen_version(version, attempts, found.uploads);
    auto script = context.portal_db.script(found.uploads[found.chosen]);
    if (!script.ok()) {
        log_missing(script.error());
        return from_slurm(attempts, script.error(), context);
    }
    if (script.value()) found.bytes = std::move(script).value()->bytes;
    return found;
}

/// `query` with the choice of a version.
std::string version_query(const std::string& query, std::size_t place) {
    return (query.empty() ? "?" : query + "&") + "script=" + std::to_string(place + 1);
}

std::vector<views::ScriptVersion> version_rows(const Found& found, const std::string& base,
                                               const std::string& query) {
    std::vector<views::ScriptVersion> rows;
    if (found.uploads.size() < 2) return rows;
    for (std::size_t i = found.uploads.size(); i-- > 0;) {
        rows.push_back({.number = static_cast<std::uint32_t>(i + 1),
                        .stored = found.uploads[i].first_stored,
                        .size = found.uploads[i].size,
                        .link = base + version_query(query, i) + "#script",
                        .shown = i == found.chosen});
    }
    return rows;
}

}  // namespace

views::ScriptText script_of(const Visit& visit, const Attempts& attempts, const std::string& base,
                            const std::string& query, Context& context) {
    const auto found = find_script(visit.request.parameter("script"), attempts, context);
    if (!found.ok()) {
        log_missing(found.error());
        views::ScriptText away;
        away.missing = found.error().source;
        return away;
    }
    const Found& script = found.value();
    if (!script.bytes) return {};
    const bool several = script.uploads.size() > 1;
    views::ScriptText shown;
    fill_lines(shown, *script.bytes);
    shown.available = true;
    shown.download = base + "script" + (several ? version_query(query, script.chosen) : query);
    shown.versions = version_rows(script, base, query);
    shown.open = visit.request.parameter("script").has_value();
    return shown;
}

Result<std::vector<std::string>> script_lines(const Attempts& attempts, Context& context) {
    const auto found = find_script(std::nullopt, attempts, context);
    if (!found.ok()) return found.error();
    views::ScriptText shown;
    if (found.value().bytes) fill_lines(shown, *found.value().bytes);
    return std::move(shown.lines);
}

Response job_script(const Visit& visit, Context& context) {
    const auto attempts = find_attempts(visit, context);
    if (!attempts.ok()) return source_missing_page(visit, context, attempts.error());
    const auto found = find_script(visit.request.parameter("script"), attempts.value(), context);
    if (!found.ok()) return source_missing_page(visit, context, found.error());
    if (!found.value().bytes) throw HttpError(404, "");
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = *found.value().bytes;
    const std::string id = std::to_string(attempts.value().job().id.value);
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"job-" + id + ".sh\"");
    response.headers.emplace_back("Cache-Control", "private, no-cache");
    return response;
}

}  // namespace portal::jobstats
