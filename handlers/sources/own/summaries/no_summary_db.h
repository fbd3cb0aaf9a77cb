#pragma once

#include "handlers/sources/own/summaries/day_db.h"
#include "handlers/sources/own/summaries/summary_db.h"
#include "handlers/sources/own/summaries/task_db.h"

namespace portal::database {

/// For a site without a database of the portal: nothing is kept.
class NoSummaryDb final : public SummaryDb {
 public:
    Result<std::vector<Summary>> find(std::span<const std::uint64_t> /*rows*/) override {
        return std::vector<Summary>{};
    }
    Result<std::vector<SummaryMark>> marks(std::span<const std::uint64_t> /*rows*/) override {
        return std::vector<SummaryMark>{};
    }
    Result<std::vector<Summary>> between(TimeRange /*range*/, const EndPlace& /*after*/,
                                         std::uint32_t /*limit*/) override {
        return std::vector<Summary>{};
    }
    Result<std::uint64_t> count(const WasteOf& /*whose*/, std::uint32_t /*most*/) override {
        return std::uint64_t{0};
    }
    Result<Waste> waste(const WasteOf& /*whose*/) override { return Waste{}; }
    Result<std::vector<Waste>> waste_by_name(const Ranking& /*ranking*/) override {
        return std::vector<Waste>{};
    }
    Result<std::optional<TimeRange>> span() override { return std::optional<TimeRange>{}; }
    Result<std::vector<Summary>> ranked(const Ranking& /*ranking*/) override {
        return std::vector<Summary>{};
    }
    Result<std::vector<Summary>> alike(const RunsOf& /*kind*/, std::uint32_t /*limit*/) override {
        return std::vector<Summary>{};
    }
    Result<std::vector<std::string>> accounts(const RunsOf& /*kind*/,
                                              std::uint32_t /*limit*/) override {
        return std::vector<std::string>{};
    }
    Result<bool> write(const Summary& /*summary*/, const Lease& /*lease*/) override {
        return false;
    }
    Result<std::uint64_t> prune(Instant /*before*/, std::uint32_t /*limit*/,
                                const Lease& /*lease*/) override {
        return std::uint64_t{0};
    }
};

/// For the same site.
class NoDayDb final : public DayDb {
 public:
    Result<std::vector<DaySums>> of_all(Days /*days*/, By /*by*/) override {
        return std::vector<DaySums>{};
    }
    Result<std::vector<DaySums>> of_account(std::span<const std::string> /*names*/, Days /*days*/,
                                            By /*by*/) override {
        return std::vector<DaySums>{};
    }
    Result<std::vector<DaySums>> of_person(const Whose& /*whose*/, Days /*days*/) override {
        return std::vector<DaySums>{};
    }
    Result<std::optional<Day>> due(Day /*from*/) override { return std::optional<Day>{}; }
    Result<bool> make(Day /*day*/, const Lease& /*lease*/) override { return false; }
    Result<std::uint64_t> check(Days /*days*/, const Lease& /*lease*/) override {
        return std::uint64_t{0};
    }
    Result<std::optional<Day>> first() override { return std::optional<Day>{}; }
};

/// For the same site: nothing works in the background.
class NoTaskDb final : public TaskDb {
 public:
    Result<std::optional<Lease>> take(std::string_view /*name*/,
                                      std::string_view /*holder*/) override {
        return std::optional<Lease>{};
    }
    Result<bool> renew(const Lease& /*lease*/) override { return false; }
    Result<bool> end(const Lease& /*lease*/) override { return false; }
    Result<std::vector<TaskState>> tasks() override { return std::vector<TaskState>{}; }
    Result<bool> note(const TaskState& /*state*/, const Lease& /*lease*/) override { return false; }
    Result<BackgroundState> background() override { return BackgroundState{}; }
};

}  // namespace portal::database
