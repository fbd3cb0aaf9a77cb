#pragma once

#include <algorithm>
#include <optional>

#include "handlers/sources/slurm/slurm_db.h"

namespace portal::fakes {

/// Slurm's database as the rows in `jobs`, newest first; with `away` every answer is that error.
/// list() knows parts, cursor and states, not the texts and dates of a filter.
class FakeSlurmDb final : public slurm::SlurmDb {
 public:
    using Job = slurm::Job;
    using Owner = slurm::Owner;

    std::vector<Job> jobs;
    std::map<std::uint64_t, slurm::StepUsage> steps;
    std::optional<std::string> script_text;
    std::optional<SourceError> away;
    std::optional<Uid> former;  ///< number of everybody's
    /// list() of jobs that started looks no further back for now.
    std::optional<Instant> searched_back_to;
    slurm::RunningFilter running_filter;  ///< of the last running_in(), which fits whole names

    Result<std::vector<Job>> attempts(const Owner& owner, JobId id) override {
        return those([&](const Job& job) { return is_of(owner, job) && job.id == id; });
    }
    Result<slurm::JobSlice> list(const Owner& owner, slurm::ListPart part,
                                 const slurm::JobFilter& filter,
                                 const std::optional<slurm::JobCursor>& after,
                                 std::uint32_t limit) override {
        auto found = those([&](const Job& job) {
            return is_of(owner, job) && part_of(job) == part && fits(job, filter) &&
                   (!after || cursor(job) < *after);
        });
        if (!found.ok()) return found.error();
        slurm::JobSlice slice{std::move(found).value(), std::nullopt, filter.from};
        if (searched_back_to && part == slurm::ListPart::Started) {
            const std::int64_t reach = unix_seconds(*searched_back_to);
            std::erase_if(slice.jobs, [&](const Job& job) { return job.position.started < reach; });
            slice.searched_back_to = searched_back_to;
            slice.next = slurm::JobCursor{reach, 0, 0};
        }
        if (slice.jobs.size() > limit) {
            slice.jobs.resize(limit);
            slice.next = cursor(slice.jobs.back());
        }
        return slice;
    }
    Result<std::optional<Uid>> former_number(const Owner& /*owner*/) override {
        if (away) return *away;
        return former;
    }
    Result<std::vector<Job>> running(const Owner& owner) override {
        return those([&](const Job& job) { return is_of(owner, job) && job.runs(); });
    }
    Result<std::vector<Job>> running_in(const slurm::RunningFilter& filter,
                                        std::uint32_t limit) override {
        running_filter = filter;
        auto found = those([&](const Job& job) {
            return job.state == JobState::Running && job.partition == filter.partition;
        });
        if (found.ok() && found.value().size() > limit) {
            return std::vector<Job>(found.value().begin(), found.value().begin() + limit);
        }
        return found;
    }
    Result<slurm::EndedSlice> ended(const slurm::EndedPlace& after, Instant until,
                                    std::uint32_t limit) override {
        const auto place = [](const Job& job) {
            return slurm::EndedPlace{static_cast<std::uint64_t>(unix_seconds(*job.ended)),
                                     job.db_index};
        };
        auto found = those(
            [&](const Job& job) { return job.ended && *job.ended <= until && place(job) > after; });
        if (!found.ok()) return found.error();
        slurm::EndedSlice slice{std::move(found).value(), after, false};
        std::sort(slice.jobs.begin(), slice.jobs.end(),
                  [&](const Job& a, const Job& b) { return place(a) < place(b); });
        slice.more = slice.jobs.size() > limit;
        if (slice.more) slice.jobs.resize(limit);
        if (!slice.jobs.empty()) slice.reached = place(slice.jobs.back());
        return slice;
    }
    Result<std::uint64_t> ended_count(Instant after, Instant until) override {
        const auto found = those(
            [&](const Job& job) { return job.ended && *job.ended > after && *job.ended <= until; });
        if (!found.ok()) return found.error();
        return std::uint64_t{found.value().size()};
    }
    Result<std::vector<Job>> bearers(JobId id) override {
        return those([&](const Job& job) { return job.id == id; });
    }
    Result<std::optional<Job>> array_task(const Owner& owner, JobId array, std::uint32_t task,
                                          std::optional<Instant> before) override {
        const auto found = those([&](const Job& job) {
            if (before && job.submitted >= *before) return false;
            const bool rest = !job.array_task && slurm::holds_task(job.array_rest, task);
            return is_of(owner, job) && job.array == array && (job.array_task == task || rest);
        });
        if (!found.ok()) return found.error();
        if (found.value().empty()) return std::optional<Job>();
        return std::optional(found.value().front());
    }
    Result<std::vector<Job>> array_tasks(const Owner& owner, const Job& task,
                                         std::uint32_t limit) override {
        auto found = tasks_of(task);
        if (!found.ok()) return found;
        std::vector<Job> tasks = std::move(found).value();
        std::erase_if(tasks, [&](const Job& job) { return !is_of(owner, job); });
        if (tasks.size() > limit) tasks.resize(limit);
        return tasks;
    }
    Result<std::optional<Job>> array(const Owner& owner, JobId id) override {
        const auto found =
            those([&](const Job& job) { return is_of(owner, job) && job.array == id; });
        if (!found.ok()) return found.error();
        if (found.value().empty()) return std::optional<Job>();
        return std::optional(found.value().front());
    }
    Result<std::vector<Job>> array_rests(const Owner& owner, const Job& of) override {
        return those([&](const Job& job) {
            return is_of(owner, job) && same_array(job, of) && !job.array_task;
        });
    }
    Result<std::vector<slurm::ArrayCount>> array_counts(const Job& of) override {
        const auto found = tasks_of(of);
        if (!found.ok()) return found.error();
        std::vector<slurm::ArrayCount> counts;
        for (const Job& job : found.value()) {
            slurm::ArrayCount count{.state = job.state,
                                    .state_number = job.state_number,
                                    .tasks = 1,
                                    .began = job.started,
                                    .first_task = *job.array_task,
                                    .last_task = *job.array_task,
                                    .first_submitted = job.submitted,
                                    .last_submitted = job.submitted};
            if (job.ended) count.hour = std::chrono::floor<std::chrono::hours>(*job.ended);
            counts.push_back(count);
        }
        return counts;
    }
    Result<std::vector<slurm::TaskMark>> array_marks(const Job& of, std::uint32_t up_to,
                                                     std::uint32_t limit) override {
        const auto found = tasks_of(of);
        if (!found.ok()) return found.error();
        std::vector<slurm::TaskMark> marks;
        for (const Job& job : found.value()) {
            if (*job.array_task > up_to || marks.size() == limit) continue;
            marks.push_back({job.db_index, *job.array_task, job.state, job.state_number});
        }
        return marks;
    }
    /// By index, whatever is asked for.
    Result<std::vector<Job>> array_page(const Owner&, const Job& of,
                                        const slurm::TaskPage& page) override {
        auto found = tasks_of(of);
        if (!found.ok()) return found;
        task_page = page;
        std::vector<Job> tasks = std::move(found).value();
        std::erase_if(
            tasks, [&](const Job& job) { return page.state && job.state_number != *page.state; });
        const auto first = std::min<std::size_t>(page.offset, tasks.size());
        tasks.erase(tasks.begin(), tasks.begin() + static_cast<std::ptrdiff_t>(first));
        if (tasks.size() > page.limit) tasks.resize(page.limit);
        return tasks;
    }
    Result<std::vector<Job>> array_draw(const Owner&, const Job& of, double) override {
        auto found = tasks_of(of);
        if (!found.ok()) return found;
        std::vector<Job> tasks = std::move(found).value();
        std::erase_if(tasks, [](const Job& job) { return job.state != JobState::Completed; });
        return tasks;
    }
    Result<std::vector<Job>> rows(const Owner& owner,
                                  const std::vector<std::uint64_t>& keys) override {
        std::vector<Job> found;
        for (const std::uint64_t key : keys) {
            const auto rows =
                those([&](const Job& job) { return is_of(owner, job) && job.db_index == key; });
            if (!rows.ok()) return rows.error();
            found.insert(found.end(), rows.value().begin(), rows.value().end());
        }
        return found;
    }
    Result<std::vector<Job>> next_starts(const Owner& owner, Instant from,
                                         std::uint32_t limit) override {
        auto found = those([&](const Job& job) {
            return is_of(owner, job) && job.started && *job.started >= from;
        });
        if (found.ok() && found.value().size() > limit) {
            return std::vector<Job>(found.value().end() - limit, found.value().end());
        }
        return found;
    }
    slurm::TaskPage task_page;  ///< of the last array_page()

    Result<std::vector<Job>> het_components(const Owner& owner, const Job& component) override {
        return those(
            [&](const Job& job) { return is_of(owner, job) && job.het_job == component.het_job; });
    }
    Result<std::map<std::uint64_t, slurm::StepUsage>> usage(
        std::span<const std::uint64_t> attempts) override {
        if (away) return *away;
        std::map<std::uint64_t, slurm::StepUsage> found;
        for (const std::uint64_t attempt : attempts) {
            if (steps.count(attempt) > 0) found[attempt] = steps[attempt];
        }
        return found;
    }
    Result<std::optional<std::string>> script(std::uint64_t) override {
        if (away) return *away;
        return script_text;
    }

 private:
    /// The newest attempt of each task, by index.
    [[nodiscard]] Result<std::vector<Job>> tasks_of(const Job& of) const {
        auto found = those([&](const Job& job) { return same_array(job, of) && job.array_task; });
        if (!found.ok()) return found;
        std::vector<Job> tasks = std::move(found).value();
        std::erase_if(tasks, [&](const Job& job) {
            const auto newest = std::find_if(jobs.begin(), jobs.end(), [&](const Job& other) {
                return other.id == job.id && same_array(other, job);
            });
            return newest->db_index != job.db_index;
        });
        std::stable_sort(tasks.begin(), tasks.end(),
                         [](const Job& a, const Job& b) { return a.array_task < b.array_task; });
        return tasks;
    }
    static slurm::ListPart part_of(const Job& job) {
        if (job.state == JobState::Pending) return slurm::ListPart::Pending;
        return job.started ? slurm::ListPart::Started : slurm::ListPart::NeverStarted;
    }
    static bool fits(const Job& job, const slurm::JobFilter& filter) {
        return filter.states.empty() ||
               std::count(filter.states.begin(), filter.states.end(), job.state) > 0;
    }
    static slurm::JobCursor cursor(const Job& job) {
        return {job.started ? unix_seconds(*job.started) : 0,
                job.ended ? unix_seconds(*job.ended) : 0, job.db_index};
    }
    /// Another row of the owner's with the number stands before it.
    [[nodiscard]] bool is_superseded(const Job& job) const {
        const auto first = std::find_if(jobs.begin(), jobs.end(), [&](const Job& other) {
            return other.id == job.id && other.owner == job.owner;
        });
        return first != jobs.end() && first->db_index != job.db_index;
    }
    template <class Wanted>
    Result<std::vector<Job>> those(Wanted wanted) const {
        if (away) return *away;
        std::vector<Job> found;
        std::copy_if(jobs.begin(), jobs.end(), std::back_inserter(found), wanted);
        for (Job& job : found) {
            job.position = cursor(job);
            job.superseded = is_superseded(job);
        }
        return found;
    }
};

}  // namespace portal::fakes
