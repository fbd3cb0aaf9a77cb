#include "handlers/sources/own/mariadb_portal_db.h"

#include <algorithm>
#include <array>
#include <utility>

#include "handlers/sources/own/digest.h"
#include "sql/portal_queries.h"

namespace portal::database {
namespace {

using sql::plain;

constexpr std::size_t kMostJobs = 16;

sql::Value value_of(JobId id) {
    return std::uint64_t{id.value};
}

Script read_script(const sql::Row& row) {
    return {{row.u32("id_job")}, row.bytes("script")};
}

ScriptVersion read_version(const sql::Row& row) {
    return {.job = {row.u32("id_job")},
            .digest = row.bytes("digest"),
            .size = {row.u64("bytes")},
            .first_stored = from_unix(row.u32("first_stored")),
            .last_stored = from_unix(row.u32("last_stored"))};
}

/// A token with the hash that it was found by.
struct FoundToken {
    ApiToken token;
    std::string digest;
};

FoundToken read_token(const sql::Row& row) {
    return {{.id = row.u32("id"),
             .name = row.bytes("name"),
             .scopes = row.bytes("scopes"),
             .networks = row.bytes("networks"),
             .expired = row.u32("expired") != 0,
             .use_due = row.u32("use_due") != 0},
            row.bytes("digest")};
}

}  // namespace

MariadbPortalDb::MariadbPortalDb(const Settings& settings, const SourceTerms& terms)
    : session_(settings, SourceId::Portal, terms),
      summaries_(session_),
      days_(session_),
      storage_(session_),
      tasks_(session_, terms.request) {}

Result<std::optional<ApiToken>> MariadbPortalDb::token(const Secret& text) {
    const std::string digest = sha256_hex(text.value);
    auto found = session_.read(plain(queries::own::kTokenFind), {digest}, read_token);
    if (!found.ok()) return found.error();
    for (const FoundToken& one : found.value()) {
        if (same_secret(one.digest, digest)) return std::optional(one.token);
    }
    return std::optional<ApiToken>{};
}

Result<Done> MariadbPortalDb::note_use(const ApiToken& token) {
    const auto noted = session_.write(plain(queries::own::kTokenUsed), {std::uint64_t{token.id}},
                                      sql::Repeat::Harmless);
    if (!noted.ok()) return noted.error();
    return Done{};
}

Result<Stored> MariadbPortalDb::store(const Script& script, std::string_view source) {
    const std::string digest = sha256_hex(script.bytes);
    return session_.together([&]() -> Result<Stored> {
        const auto written =
            session_.write(plain(queries::own::kScriptStore),
                           {value_of(script.job), digest, std::string(source), script.bytes},
                           sql::Repeat::Harmless);
        if (!written.ok()) return written.error();
        if (written.value() != 1) return Stored::Same;
        // It is stored, so nothing that happens from here on is an error.
        const auto others =
            session_.read(plain(queries::own::kScriptOthers), {value_of(script.job), digest},
                          [](const sql::Row& row) { return row.u64("others"); });
        const bool replaced = others.ok() && !others.value().empty() && others.value().front() > 0;
        return replaced ? Stored::Replaced : Stored::New;
    });
}

Result<std::optional<Script>> MariadbPortalDb::only_script(const queries::Query& query,
                                                           const Values& values) {
    auto found = session_.read(plain(query), values, read_script);
    if (!found.ok()) return found.error();
    std::vector<Script> all = std::move(found).value();
    return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

Result<std::optional<Script>> MariadbPortalDb::script(JobId id) {
    return only_script(queries::own::kScriptCurrent, {value_of(id)});
}

Result<std::optional<Script>> MariadbPortalDb::script(const ScriptVersion& version) {
    return only_script(queries::own::kScriptVersion, {value_of(version.job), version.digest});
}

Result<std::vector<ScriptVersion>> MariadbPortalDb::versions(std::span<const JobId> jobs) {
    Values values;
    for (const JobId id : jobs.first(std::min(jobs.size(), kMostJobs))) {
        values.push_back(value_of(id));
    }
    if (values.empty()) return std::vector<ScriptVersion>{};
    const sql::StatementMaker maker;
    return session_.read(maker.make(queries::own::kScriptVersions, values.size()), values,
                         read_version);
}

Result<ScriptPage> MariadbPortalDb::list(std::uint64_t offset, std::uint32_t limit) {
    return session_.together([&]() -> Result<ScriptPage> {
        const auto jobs = session_.read(plain(queries::own::kScriptCount), {},
                                        [](const sql::Row& row) { return row.u64("jobs"); });
        if (!jobs.ok()) return jobs.error();
        auto found = session_.read(plain(queries::own::kScriptList), {std::uint64_t{limit}, offset},
                                   read_version);
        if (!found.ok()) return found.error();
        return ScriptPage{std::move(found).value(),
                          jobs.value().empty() ? 0 : jobs.value().front()};
    });
}

Result<Done> MariadbPortalDb::note_view(const View& view) {
    const auto noted = session_.write(
        plain(queries::own::kViewNote),
        {static_cast<std::uint64_t>(unix_seconds(view.when)), view.period(), view.viewer.value,
         std::string(kind_name(view.subject.kind)), view.subject.name, view.page, view.request_id},
        sql::Repeat::Harmless);
    if (!noted.ok()) return noted.error();
    return Done{};
}

Result<std::vector<View>> MariadbPortalDb::views_of(const Username& owner, std::uint32_t limit) {
    return session_.read(plain(queries::own::kViewsOf), {owner.value, std::uint64_t{limit}},
                         [&](const sql::Row& row) {
                             return View{from_unix(row.u32("viewed")),
                                         {row.bytes("viewer")},
                                         {Subject::Kind::User, owner.value},
                                         row.bytes("page"),
                                         row.bytes("request_id")};
                         });
}

Result<bool> MariadbPortalDb::remove(JobId id) {
    const auto gone =
        session_.write(plain(queries::own::kScriptRemove), {value_of(id)}, sql::Repeat::Harmless);
    if (!gone.ok()) return gone.error();
    return gone.value() > 0;
}

}  // namespace portal::database
