#pragma once

// handlers/sources/own is the portal's own database of scripts, tokens and the record of who
// looked: the interface for handlers (this file with api_token.h, view.h and audit_log.h), its
// implementation, what only an administrator does, and the spool where records wait. May include
// fcgi/base, handlers/sources/sql and the statements of sql/portal.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"
#include "handlers/sources/own/api_token.h"
#include "handlers/sources/own/view.h"

namespace portal::database {

class DayDb;
class StorageDb;
class SummaryDb;
class TaskDb;

/// A job's script: the very bytes that were sent.
struct Script {
    JobId job;
    std::string bytes;
};

/// One of the scripts stored for a job, without its text.
struct ScriptVersion {
    JobId job;
    std::string digest;  ///< SHA-256, hexadecimal
    Bytes size;
    Instant first_stored{};
    Instant last_stored{};
};

/// What storing a script came to.
enum class Stored {
    New,       ///< the job had none
    Replaced,  ///< it had another one, which is kept as an earlier version
    Same,      ///< this very script was there already
};

/// Some of a longer list.
struct ScriptPage {
    std::vector<ScriptVersion> versions;
    std::uint64_t jobs = 0;  ///< how many jobs have a script
};

/// What a change that has no more to say came to.
struct Done {};

/// The portal's own database: scripts of jobs, the tokens of the API, and who of the staff looked
/// at whose data. Every function errs with any Fault. Source: tables job_script, api_token,
/// audit_view, and those of summaries/ and storage/.
class PortalDb {
 public:
    virtual ~PortalDb() = default;

    /// The token of that text, unless it was revoked; empty if there is none.
    virtual Result<std::optional<ApiToken>> token(const Secret& text) = 0;
    /// Notes that a token was used; at most once a minute.
    virtual Result<Done> note_use(const ApiToken& token) = 0;

    /// Stores a job's current script, of any bytes, in one write that may be repeated; it is
    /// committed when this returns. `source` is the name of the token that brought it.
    virtual Result<Stored> store(const Script& script, std::string_view source) = 0;
    /// The current script of a job; empty if there is none.
    virtual Result<std::optional<Script>> script(JobId id) = 0;
    /// One version of a job's script; empty if there is no such version.
    virtual Result<std::optional<Script>> script(const ScriptVersion& version) = 0;
    /// All versions of these jobs (1 to 16), the one stored last first, at most 100.
    virtual Result<std::vector<ScriptVersion>> versions(std::span<const JobId> jobs) = 0;
    /// Current scripts of all jobs, the one stored last first.
    virtual Result<ScriptPage> list(std::uint64_t offset, std::uint32_t limit) = 0;
    /// Removes all versions of a job's script; false if there was none.
    virtual Result<bool> remove(JobId id) = 0;

    /// Keeps that somebody of the staff looked at a page; the same view again changes nothing.
    virtual Result<Done> note_view(const View& view) = 0;
    /// Who looked at a person's pages, the newest first.
    virtual Result<std::vector<View>> views_of(const Username& owner, std::uint32_t limit) = 0;

    /// What jobs that are over used.
    virtual SummaryDb& summaries() = 0;
    /// The same, added up by day.
    virtual DayDb& days() = 0;
    /// Daily copies of who holds what on the file systems.
    virtual StorageDb& storage() = 0;
    /// The background service, wherever it runs.
    virtual TaskDb& tasks() = 0;
};

}  // namespace portal::database
