#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"
#include "handlers/sources/own/settings.h"
#include "handlers/sources/own/view.h"
#include "handlers/sources/sql/session.h"

namespace portal::database {

/// What migrating came to.
struct Migration {
    unsigned from = 0;  ///< version of the tables before; 0: there were none
    unsigned to = 0;
};

/// A token to be made.
struct NewToken {
    std::string name;
    std::string scopes;
    std::string networks;
    Seconds lifetime{0};  ///< 0: for ever
};

/// A token as a list shows it.
struct ListedToken {
    std::uint32_t id = 0;
    std::string name;
    std::string scopes;
    std::string networks;
    Instant created{};
    std::optional<Instant> expires;
    std::optional<Instant> last_used;
    std::optional<Instant> revoked;
};

/// Which views of others' data to list.
struct ViewFilter {
    std::uint64_t days = 30;  ///< how far back
    std::string viewer;       ///< empty: of all
    std::string subject;      ///< login, account or project; empty: of all
};

/// What an import copied.
struct Imported {
    std::uint64_t scripts = 0;
    std::uint64_t tokens = 0;
};

/// What only an administrator does with the portal's database. Every function errs with any Fault.
class AdminDb {
 public:
    /// Changing a large table takes its time.
    static constexpr Milliseconds kPatience = std::chrono::hours{6};

    /// `settings` name an account that may make tables; a call may take as long as `timeout`.
    explicit AdminDb(const Settings& settings, Milliseconds timeout = kPatience);

    /// Version that this program brings the tables to.
    [[nodiscard]] static unsigned newest_version();

    /// Version of the tables; 0: there are none. Reading it is all that the portal's own account
    /// may do here.
    [[nodiscard]] Result<unsigned> version();

    /// Applies the migrations that are missing, in order, one process at a time. Errs with Rejected
    /// if somebody else is at it, or if the tables are newer than this program.
    [[nodiscard]] Result<Migration> migrate();

    /// Makes a token; its text is nowhere else.
    [[nodiscard]] Result<Secret> create_token(const NewToken& token);
    /// All tokens by id, the revoked ones too.
    [[nodiscard]] Result<std::vector<ListedToken>> tokens();
    /// False if there is no such token, or if it was revoked before.
    [[nodiscard]] Result<bool> revoke(std::uint32_t id);

    /// Who of the staff looked at whose data, the newest first, at most 10,000.
    [[nodiscard]] Result<std::vector<View>> views(const ViewFilter& filter);
    /// Removes views older than so many days; how many there were.
    [[nodiscard]] Result<std::uint64_t> prune_views(std::uint64_t days);

    /// Copies scripts and tokens of an original portal's database; what is there already stays.
    /// Tokens of staff get `scopes`, those of others none, as they had. May be run again.
    [[nodiscard]] Result<Imported> import_django(const Settings& source, const std::string& scopes);

 private:
    [[nodiscard]] std::optional<SourceError> lock();
    [[nodiscard]] std::optional<SourceError> apply(unsigned version);
    [[nodiscard]] Result<std::uint64_t> import_scripts(sql::Session& source);
    [[nodiscard]] Result<std::uint64_t> import_tokens(sql::Session& source,
                                                      const std::string& scopes);

    sql::Session session_;
};

}  // namespace portal::database
