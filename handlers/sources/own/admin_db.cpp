#include "handlers/sources/own/admin_db.h"

#include <array>
#include <utility>

#include "handlers/sources/own/digest.h"
#include "handlers/sources/own/mariadb_portal_db.h"
#include "sql/portal_migrations.h"
#include "sql/portal_queries.h"

namespace portal::database {
namespace {

using sql::plain;
using sql::Repeat;
using sql::Row;

/// In their order: the first one is version 1. The first may run each time.
constexpr std::array kMigrations = {
    queries::migrations::k0001SchemaVersion, queries::migrations::k0002JobScript,
    queries::migrations::k0003ApiToken,      queries::migrations::k0004AuditView,
    queries::migrations::k0005AuditViewer,   queries::migrations::k0006JobSummary,
    queries::migrations::k0007Lease,         queries::migrations::k0008Task,
    queries::migrations::k0009JobDay,        queries::migrations::k0010JobDayDue,
    queries::migrations::k0011SummaryOwner,  queries::migrations::k0012StorageCopy,
    queries::migrations::k0013StorageDay,
};

constexpr std::uint64_t kLockSeconds = 10;
constexpr std::uint64_t kMostViews = 10'000;

sql::SessionSettings session_of(const Settings& settings, Milliseconds timeout) {
    sql::SessionSettings made = settings;
    made.timeout = timeout;
    return made;
}

SourceError refused(std::string why) {
    return {SourceId::Portal, Fault::Rejected, std::move(why)};
}

std::optional<Instant> moment(const Row& row, const char* column) {
    const std::uint32_t seconds = row.u32(column);
    return seconds == 0 ? std::nullopt : std::optional(from_unix(seconds));
}

ListedToken read_listed(const Row& row) {
    return {.id = row.u32("id"),
            .name = row.bytes("name"),
            .scopes = row.bytes("scopes"),
            .networks = row.bytes("networks"),
            .created = from_unix(row.u32("created")),
            .expires = moment(row, "expires"),
            .last_used = moment(row, "last_used"),
            .revoked = moment(row, "revoked")};
}

/// A script of the original portal, its time as text.
struct OldScript {
    std::uint32_t job = 0;
    std::string bytes;
    std::string time;
};

struct OldToken {
    Secret text;
    std::string created;
    std::string owner;
    bool staff = false;
};

OldScript read_old_script(const Row& row) {
    return {row.u32("id_job"), row.bytes("submit_script"), row.bytes("last_modified")};
}

OldToken read_old_token(const Row& row) {
    return {Secret{row.bytes("token")}, row.bytes("created"), row.bytes("username"),
            row.u32("is_staff") != 0};
}

View read_view(const Row& row) {
    const auto kind = kind_named(row.bytes("kind"));
    return {from_unix(row.u32("viewed")),
            {row.bytes("viewer")},
            {kind.value_or(Subject::Kind::User), row.bytes("subject")},
            row.bytes("page"),
            row.bytes("request_id")};
}

}  // namespace

AdminDb::AdminDb(const Settings& settings, Milliseconds timeout)
    : session_(session_of(settings, timeout), SourceId::Portal) {}

unsigned AdminDb::newest_version() {
    return static_cast<unsigned>(kMigrations.size());
}

std::optional<SourceError> AdminDb::lock() {
    const auto taken = session_.read(plain(queries::own::kLockTake), {kLockSeconds},
                                     [](const Row& row) { return row.u32("taken"); });
    if (!taken.ok()) return taken.error();
    if (!taken.value().empty() && taken.value().front() == 1) return std::nullopt;
    return refused("another userportal-admin is at work in this database");
}

std::optional<SourceError> AdminDb::apply(unsigned version) {
    const queries::Query& query = kMigrations[version - 1];
    // Every migration may be repeated: it was there in vain if the note about it got lost.
    const auto made = session_.write(plain(query), {}, Repeat::Never);
    if (!made.ok()) return made.error();
    const auto noted =
        session_.write(plain(queries::own::kSchemaRecord),
                       {std::uint64_t{version}, std::string(query.name)}, Repeat::Harmless);
    if (!noted.ok()) return noted.error();
    return std::nullopt;
}

Result<unsigned> AdminDb::version() {
    const auto versions = session_.read(plain(queries::own::kSchemaVersions), {},
                                        [](const Row& row) { return row.u32("version"); });
    if (!versions.ok()) return versions.error();
    return versions.value().empty() ? 0U : versions.value().back();
}

Result<Migration> AdminDb::migrate() {
    if (auto failed = lock()) return std::move(*failed);
    const auto table = session_.write(plain(kMigrations[0]), {}, Repeat::Never);
    if (!table.ok()) return table.error();
    const auto before = version();
    if (!before.ok()) return before.error();
    if (before.value() > newest_version()) {
        return refused("the tables have version " + std::to_string(before.value()) +
                       ", this program knows only " + std::to_string(newest_version()) +
                       ": install a newer one");
    }
    for (unsigned version = before.value() + 1; version <= newest_version(); ++version) {
        if (auto failed = apply(version)) return std::move(*failed);
    }
    return Migration{before.value(), newest_version()};
}

Result<Secret> AdminDb::create_token(const NewToken& token) {
    Secret made{random_hex()};
    const auto written =
        session_.write(plain(queries::own::kTokenCreate),
                       {token.name, sha256_hex(made.value), token.scopes, token.networks,
                        static_cast<std::uint64_t>(token.lifetime.count())},
                       Repeat::Never);
    if (!written.ok()) return written.error();
    return made;
}

Result<std::vector<ListedToken>> AdminDb::tokens() {
    return session_.read(plain(queries::own::kTokenList), {}, read_listed);
}

Result<std::vector<View>> AdminDb::views(const ViewFilter& filter) {
    return session_.read(
        plain(queries::own::kViewsAll),
        {filter.days, filter.viewer, filter.viewer, filter.subject, filter.subject, kMostViews},
        read_view);
}

Result<std::uint64_t> AdminDb::prune_views(std::uint64_t days) {
    return session_.write(plain(queries::own::kViewsPrune), {days}, Repeat::Harmless);
}

Result<bool> AdminDb::revoke(std::uint32_t id) {
    const auto changed =
        session_.write(plain(queries::own::kTokenRevoke), {std::uint64_t{id}}, Repeat::Harmless);
    if (!changed.ok()) return changed.error();
    return changed.value() > 0;
}

Result<std::uint64_t> AdminDb::import_scripts(sql::Session& source) {
    std::uint64_t copied = 0;
    std::uint64_t last = 0;
    while (true) {
        const auto some = source.read(plain(queries::own::kDjangoScripts), {last}, read_old_script);
        if (!some.ok()) return some.error();
        if (some.value().empty()) return copied;
        for (const OldScript& one : some.value()) {
            const auto written = session_.write(
                plain(queries::own::kImportScript),
                {std::uint64_t{one.job}, sha256_hex(one.bytes), one.time, one.time, one.bytes},
                Repeat::Harmless);
            if (!written.ok()) return written.error();
            ++copied;
            last = one.job;
        }
    }
}

Result<std::uint64_t> AdminDb::import_tokens(sql::Session& source, const std::string& scopes) {
    const auto tokens = source.read(plain(queries::own::kDjangoTokens), {}, read_old_token);
    if (!tokens.ok()) return tokens.error();
    for (const OldToken& one : tokens.value()) {
        const auto written = session_.write(
            plain(queries::own::kImportToken),
            {one.owner, sha256_hex(one.text.value), one.staff ? scopes : "", one.created},
            Repeat::Harmless);
        if (!written.ok()) return written.error();
    }
    return std::uint64_t{tokens.value().size()};
}

Result<Imported> AdminDb::import_django(const Settings& source, const std::string& scopes) {
    if (auto failed = lock()) return std::move(*failed);
    sql::Session old(session_of(source, kPatience), SourceId::Portal);
    const auto scripts = import_scripts(old);
    if (!scripts.ok()) return scripts.error();
    const auto tokens = import_tokens(old, scopes);
    if (!tokens.ok()) return tokens.error();
    return Imported{scripts.value(), tokens.value()};
}

}  // namespace portal::database
