#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "handlers/sources/own/summaries/summary_db.h"

namespace portal::fakes {

/// One lease and the states of tasks; `now` is the database's clock. With `away` every answer is
/// that error.
class FakeTaskDb final : public database::TaskDb {
 public:
    std::optional<database::Lease> lease;
    Instant until{};
    Instant now = from_unix(1'750'000'000);
    std::map<std::string, database::TaskState, std::less<>> states;
    std::optional<SourceError> away;
    int takes = 0;

    [[nodiscard]] bool holds(const database::Lease& one) const {
        return lease && lease->term == one.term && lease->holder == one.holder && until > now;
    }
    Result<std::optional<database::Lease>> take(std::string_view name,
                                                std::string_view holder) override {
        ++takes;
        if (away) return *away;
        if (lease && until >= now && lease->holder != holder) {
            return std::optional<database::Lease>{};
        }
        const std::uint64_t term = lease ? lease->term + 1 : 1;
        lease = database::Lease{std::string(name), std::string(holder), term};
        until = now + database::kLeaseTime;
        return lease;
    }
    Result<bool> renew(const database::Lease& one) override {
        if (away) return *away;
        if (!holds(one)) return false;
        until = now + database::kLeaseTime;
        return true;
    }
    Result<bool> end(const database::Lease& one) override {
        if (away) return *away;
        if (!holds(one)) return false;
        until = now - Seconds{1};
        return true;
    }
    Result<std::vector<database::TaskState>> tasks() override {
        if (away) return *away;
        std::vector<database::TaskState> all;
        for (const auto& [name, state] : states) all.push_back(state);
        return all;
    }
    Result<bool> note(const database::TaskState& state, const database::Lease& one) override {
        if (away) return *away;
        if (!holds(one)) return false;
        states.insert_or_assign(state.name, state);
        return true;
    }
    Result<database::BackgroundState> background() override {
        if (away) return *away;
        database::BackgroundState state;
        if (lease) state = {until > now, lease->holder, {}};
        state.tasks = tasks().value();
        return state;
    }
};

/// Summaries by row. Writes need a lease of `tasks`, if that is set.
class FakeSummaryDb final : public database::SummaryDb {
 public:
    std::map<std::uint64_t, database::Summary> rows;
    std::optional<SourceError> away;
    FakeTaskDb* tasks = nullptr;
    database::Waste whole{};  ///< of everybody, at all times
    std::vector<database::Waste> kinds;
    std::vector<database::WasteOf> wastes;  ///< what was asked
    std::vector<database::Ranking> rankings;
    std::optional<TimeRange> kept_span{};
    int asked = 0;
    int marked = 0;
    int written = 0;

    Result<std::vector<database::Summary>> find(std::span<const std::uint64_t> keys) override {
        ++asked;
        if (away) return *away;
        std::vector<database::Summary> found;
        for (const std::uint64_t key : keys) {
            if (rows.count(key) > 0) found.push_back(rows[key]);
        }
        return found;
    }
    Result<std::vector<database::SummaryMark>> marks(std::span<const std::uint64_t> keys) override {
        ++marked;
        if (away) return *away;
        std::vector<database::SummaryMark> found;
        for (const std::uint64_t key : keys) {
            if (rows.count(key) > 0) found.push_back(database::mark_of(rows[key]));
        }
        return found;
    }
    Result<std::vector<database::Summary>> between(TimeRange range, const database::EndPlace& after,
                                                   std::uint32_t limit) override {
        if (away) return *away;
        std::vector<database::Summary> found;
        for (const auto& [key, one] : rows) {
            const Instant end = from_unix(one.time_end);
            const bool later = database::EndPlace{one.time_end, key} > after;
            if (end >= range.from && end < range.to && later) found.push_back(one);
        }
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return std::pair(a.time_end, a.job_db_inx) < std::pair(b.time_end, b.job_db_inx);
        });
        if (found.size() > limit) found.resize(limit);
        return found;
    }
    Result<std::uint64_t> count(const database::WasteOf& /*whose*/, std::uint32_t most) override {
        if (away) return *away;
        return std::min<std::uint64_t>(whole.jobs, most);
    }
    Result<database::Waste> waste(const database::WasteOf& whose) override {
        if (away) return *away;
        wastes.push_back(whose);
        return whole;
    }
    Result<std::vector<database::Waste>> waste_by_name(
        const database::Ranking& /*ranking*/) override {
        if (away) return *away;
        return kinds;
    }
    Result<std::optional<TimeRange>> span() override {
        if (away) return *away;
        return kept_span;
    }
    /// In the order of their rows, which stands for that of any number.
    Result<std::vector<database::Summary>> ranked(const database::Ranking& ranking) override {
        rankings.push_back(ranking);
        if (away) return *away;
        std::vector<database::Summary> all;
        for (const auto& [key, one] : rows) all.push_back(one);
        const std::size_t from = std::min<std::size_t>(ranking.skip, all.size());
        const std::size_t to = std::min<std::size_t>(from + ranking.limit, all.size());
        return std::vector<database::Summary>(all.begin() + static_cast<std::ptrdiff_t>(from),
                                              all.begin() + static_cast<std::ptrdiff_t>(to));
    }
    /// What both answer is of that login, stem and account.
    [[nodiscard]] static bool is_of(const database::Summary& one, const database::RunsOf& kind) {
        const auto& logins = kind.whose.logins;
        return one.stem == kind.stem &&
               std::find(logins.begin(), logins.end(), one.login) != logins.end();
    }
    [[nodiscard]] std::vector<database::Summary> newest_first() const {
        std::vector<database::Summary> all;
        for (const auto& [key, one] : rows) all.push_back(one);
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return std::pair(a.time_end, a.job_db_inx) > std::pair(b.time_end, b.job_db_inx);
        });
        return all;
    }
    Result<std::vector<database::Summary>> alike(const database::RunsOf& kind,
                                                 std::uint32_t limit) override {
        ++asked;
        if (away) return *away;
        std::vector<database::Summary> found = newest_first();
        std::erase_if(found, [&](const database::Summary& one) {
            return !is_of(one, kind) || one.account != kind.account;
        });
        if (found.size() > limit) found.resize(limit);
        return found;
    }
    Result<std::vector<std::string>> accounts(const database::RunsOf& kind,
                                              std::uint32_t /*limit*/) override {
        if (away) return *away;
        std::vector<std::string> found;
        for (const database::Summary& one : newest_first()) {
            const bool known = std::find(found.begin(), found.end(), one.account) != found.end();
            if (is_of(one, kind) && !known) found.push_back(one.account);
        }
        return found;
    }
    Result<bool> write(const database::Summary& summary, const database::Lease& lease) override {
        if (away) return *away;
        if (tasks != nullptr && !tasks->holds(lease)) return false;
        ++written;
        rows.insert_or_assign(summary.job_db_inx, summary);
        return true;
    }
    Result<std::uint64_t> prune(Instant before, std::uint32_t limit,
                                const database::Lease& lease) override {
        if (away) return *away;
        if (tasks != nullptr && !tasks->holds(lease)) return std::uint64_t{0};
        std::uint64_t gone = 0;
        for (auto row = rows.begin(); row != rows.end();) {
            const bool old = from_unix(row->second.time_end) < before && gone < limit;
            gone += old ? 1U : 0U;
            row = old ? rows.erase(row) : std::next(row);
        }
        return gone;
    }
};

}  // namespace portal::fakes
