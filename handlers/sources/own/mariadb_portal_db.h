#pragma once

#include <string>
#include <vector>

#include "fcgi/base/time.h"
#include "handlers/sources/own/portal_db.h"
#include "handlers/sources/own/settings.h"
#include "handlers/sources/own/storage/mariadb_storage_db.h"
#include "handlers/sources/own/summaries/mariadb_day_db.h"
#include "handlers/sources/own/summaries/mariadb_summary_db.h"
#include "handlers/sources/own/summaries/mariadb_task_db.h"
#include "handlers/sources/sql/session.h"

namespace portal::database {

/// The portal's own database in MariaDB. One connection, made when first needed.
class MariadbPortalDb final : public PortalDb {
 public:
    explicit MariadbPortalDb(const Settings& settings, const SourceTerms& terms = {});

    Result<std::optional<ApiToken>> token(const Secret& text) override;
    Result<Done> note_use(const ApiToken& token) override;
    Result<Stored> store(const Script& script, std::string_view source) override;
    Result<std::optional<Script>> script(JobId id) override;
    Result<std::optional<Script>> script(const ScriptVersion& version) override;
    Result<std::vector<ScriptVersion>> versions(std::span<const JobId> jobs) override;
    Result<ScriptPage> list(std::uint64_t offset, std::uint32_t limit) override;
    Result<bool> remove(JobId id) override;
    Result<Done> note_view(const View& view) override;
    Result<std::vector<View>> views_of(const Username& owner, std::uint32_t limit) override;
    SummaryDb& summaries() override { return summaries_; }
    DayDb& days() override { return days_; }
    StorageDb& storage() override { return storage_; }
    TaskDb& tasks() override { return tasks_; }

 private:
    using Values = std::vector<sql::Value>;

    Result<std::optional<Script>> only_script(const queries::Query& query, const Values& values);

    sql::Session session_;
    MariadbSummaryDb summaries_;
    MariadbDayDb days_;
    MariadbStorageDb storage_;
    MariadbTaskDb tasks_;
};

}  // namespace portal::database
