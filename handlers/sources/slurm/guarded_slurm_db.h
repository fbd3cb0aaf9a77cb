#pragma once

#include "handlers/sources/gate.h"
#include "handlers/sources/slurm/slurm_db.h"

namespace portal::slurm {

/// Slurm's database behind the breaker; `inner` and the breaker outlive it.
class GuardedSlurmDb final : public SlurmDb {
 public:
    GuardedSlurmDb(SlurmDb& inner, const Breaker& breaker)
        : inner_(inner), gate_(breaker, SourceId::Slurm) {}

    void start_request() { gate_.start_request(); }

    Result<std::vector<Job>> attempts(Uid owner, JobId id) override {
        return gate_.call([&] { return inner_.attempts(owner, id); });
    }
    Result<JobSlice> list(Uid owner, ListPart part, const JobFilter& filter,
                          const std::optional<JobCursor>& after, std::uint32_t limit) override {
        return gate_.call([&] { return inner_.list(owner, part, filter, after, limit); });
    }
    Result<std::vector<Job>> running(Uid owner) override {
        return gate_.call([&] { return inner_.running(owner); });
    }
    Result<std::vector<Job>> running_in(const RunningFilter& filter, std::uint32_t limit) override {
        return gate_.call([&] { return inner_.running_in(filter, limit); });
    }
    Result<std::optional<Uid>> owner_of(JobId id) override {
        return gate_.call([&] { return inner_.owner_of(id); });
    }
    Result<std::vector<Job>> array_tasks(Uid owner, JobId array, std::uint32_t limit) override {
        return gate_.call([&] { return inner_.array_tasks(owner, array, limit); });
    }
    Result<std::optional<JobId>> array_task(Uid owner, JobId array, std::uint32_t task) override {
        return gate_.call([&] { return inner_.array_task(owner, array, task); });
    }
    Result<std::vector<Job>> het_components(Uid owner, JobId het_job) override {
        return gate_.call([&] { return inner_.het_components(owner, het_job); });
    }
    Result<std::map<std::uint64_t, StepUsage>> usage(
        std::span<const std::uint64_t> attempts) override {
        return gate_.call([&] { return inner_.usage(attempts); });
    }
    Result<std::optional<std::string>> script(std::uint64_t attempt) override {
        return gate_.call([&] { return inner_.script(attempt); });
    }

 private:
    SlurmDb& inner_;
    Gate gate_;
};

}  // namespace portal::slurm
