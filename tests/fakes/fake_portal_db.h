#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "handlers/sources/own/portal_db.h"
#include "tests/fakes/fake_day_db.h"
#include "tests/fakes/fake_storage_db.h"
#include "tests/fakes/fake_summary_db.h"

namespace portal::fakes {

/// The portal's database as lists; with `away` every answer is that error. A script's digest is its
/// text. Times count up from `now`.
class FakePortalDb final : public database::PortalDb {
 public:
    struct Row {
        JobId job;
        std::string bytes;
        std::string source;
        Instant first{};
        Instant last{};
    };
    std::map<std::string, database::ApiToken> tokens;  ///< by their text
    std::vector<Row> rows;                             ///< the one stored last at the end
    std::vector<std::string> used;                     ///< names of tokens
    std::vector<database::View> views;                 ///< the newest first
    std::optional<SourceError> away;
    Instant now = from_unix(1'750'000'000);
    int asked = 0;

    /// Wanted: rows of that job.
    static auto of(JobId id) {
        return [id](const Row& row) { return row.job == id; };
    }

    Result<std::optional<database::ApiToken>> token(const Secret& text) override {
        ++asked;
        if (away) return *away;
        const auto found = tokens.find(text.value);
        return found == tokens.end() ? std::nullopt : std::optional(found->second);
    }
    Result<database::Done> note_use(const database::ApiToken& token) override {
        used.push_back(token.name);
        return database::Done{};
    }
    Result<database::Stored> store(const database::Script& script,
                                   std::string_view source) override {
        if (away) return *away;
        const bool known = std::any_of(rows.begin(), rows.end(), of(script.job));
        now += Seconds{1};
        for (auto row = rows.begin(); row != rows.end(); ++row) {
            if (row->job != script.job || row->bytes != script.bytes) continue;
            row->last = now;
            std::rotate(row, row + 1, rows.end());
            return database::Stored::Same;
        }
        rows.push_back({script.job, script.bytes, std::string(source), now, now});
        return known ? database::Stored::Replaced : database::Stored::New;
    }
    Result<std::optional<database::Script>> script(JobId id) override {
        if (away) return *away;
        const auto found = std::find_if(rows.rbegin(), rows.rend(), of(id));
        if (found == rows.rend()) return std::optional<database::Script>{};
        return std::optional(database::Script{found->job, found->bytes});
    }
    Result<std::optional<database::Script>> script(
        const database::ScriptVersion& version) override {
        if (away) return *away;
        return std::optional(database::Script{version.job, version.digest});
    }
    Result<std::vector<database::ScriptVersion>> versions(std::span<const JobId> jobs) override {
        if (away) return *away;
        std::vector<database::ScriptVersion> found;
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
            if (std::count(jobs.begin(), jobs.end(), row->job) > 0) found.push_back(version(*row));
        }
        return found;
    }
    Result<database::ScriptPage> list(std::uint64_t offset, std::uint32_t limit) override {
        if (away) return *away;
        database::ScriptPage page;
        std::vector<JobId> seen;
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
            if (std::count(seen.begin(), seen.end(), row->job) > 0) continue;
            seen.push_back(row->job);
            if (seen.size() > offset && page.versions.size() < limit) {
                page.versions.push_back(version(*row));
            }
        }
        page.jobs = seen.size();
        return page;
    }
    Result<bool> remove(JobId id) override {
        if (away) return *away;
        return std::erase_if(rows, of(id)) > 0;
    }
    Result<database::Done> note_view(const database::View& view) override {
        if (away) return *away;
        views.insert(views.begin(), view);
        return database::Done{};
    }
    Result<std::vector<database::View>> views_of(const Username& owner,
                                                 std::uint32_t limit) override {
        if (away) return *away;
        std::vector<database::View> found;
        for (const database::View& view : views) {
            if (view.subject.name == owner.value && found.size() < limit) found.push_back(view);
        }
        return found;
    }
    FakeSummaryDb kept;   ///< summaries
    FakeDayDb sums;       ///< by day
    FakeStorageDb held;   ///< copies of Robinhood's sums
    FakeTaskDb progress;  ///< of the background service
    database::SummaryDb& summaries() override { return kept; }
    database::DayDb& days() override { return sums; }
    database::StorageDb& storage() override { return held; }
    database::TaskDb& tasks() override { return progress; }

 private:
    static database::ScriptVersion version(const Row& row) {
        return {row.job, row.bytes, {row.bytes.size()}, row.first, row.last};
    }
};

}  // namespace portal::fakes
