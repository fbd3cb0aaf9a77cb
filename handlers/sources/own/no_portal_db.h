#pragma once

#include "handlers/sources/own/portal_db.h"
#include "handlers/sources/own/storage/no_storage_db.h"
#include "handlers/sources/own/summaries/no_summary_db.h"

namespace portal::database {

/// For a site without a database of the portal: nothing is there, nothing can be stored.
class NoPortalDb final : public PortalDb {
 public:
    Result<std::optional<ApiToken>> token(const Secret& /*text*/) override {
        return std::optional<ApiToken>{};
    }
    Result<Done> note_use(const ApiToken& /*token*/) override { return Done{}; }
    Result<Stored> store(const Script& /*script*/, std::string_view /*source*/) override {
        return SourceError{SourceId::Portal, Fault::Rejected, "no database is configured"};
    }
    Result<std::optional<Script>> script(JobId /*id*/) override { return std::optional<Script>{}; }
    Result<std::optional<Script>> script(const ScriptVersion& /*version*/) override {
        return std::optional<Script>{};
    }
    Result<std::vector<ScriptVersion>> versions(std::span<const JobId> /*jobs*/) override {
        return std::vector<ScriptVersion>{};
    }
    Result<ScriptPage> list(std::uint64_t /*offset*/, std::uint32_t /*limit*/) override {
        return ScriptPage{};
    }
    Result<bool> remove(JobId /*id*/) override { return false; }
    Result<Done> note_view(const View& /*view*/) override { return Done{}; }
    Result<std::vector<View>> views_of(const Username& /*owner*/,
                                       std::uint32_t /*limit*/) override {
        return std::vector<View>{};
    }
    SummaryDb& summaries() override { return summaries_; }
    DayDb& days() override { return days_; }
    StorageDb& storage() override { return storage_; }
    TaskDb& tasks() override { return tasks_; }

 private:
    NoSummaryDb summaries_;
    NoDayDb days_;
    NoStorageDb storage_;
    NoTaskDb tasks_;
};

}  // namespace portal::database
