#include "handlers/jobstats/chain/chain.h"

#include <algorithm>
#include <map>
#include <optional>

#include "handlers/jobs/dependency.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/array/array_data.h"
#include "handlers/page/errors.h"

namespace portal::jobstats {
namespace {

using slurm::Job;

constexpr std::size_t kMostJobs = 20;
constexpr std::uint32_t kLookedThrough = 200;
/// Named jobs that are looked for, and arrays whose tasks are counted: each is a question.
constexpr std::size_t kMostAsked = 40;
constexpr std::size_t kMostCounted = 3;

/// What a dependency names: a job, one task of an array, or all of it.
using Key = std::pair<JobId, std::optional<std::uint32_t>>;

/// A job of the chain, with the places of those that it waits for.
struct Link {
    Key key;
    Job job;
    bool whole_array = false;
    JobState state = JobState::Unknown;
    std::vector<std::pair<std::size_t, Dependency>> waits_for{};
    std::size_t stage = 0;
    bool blocks = false;
};

class Search {
 public:
    Search(const Attempts& attempts, Context& context) : attempts_(attempts), context_(context) {
        const Job& job = attempts.job();
        links_.push_back({key_of(job), job, job.array.has_value(), job.state});
        for (std::size_t i = 0; i < links_.size(); ++i) add_those_before(i);
        add_those_after();
        if (links_.size() > 1) settle_state(links_.front());
        set_stages();
        for (const Link& link : links_) mark_blocking(link);
    }

    [[nodiscard]] const std::vector<Link>& links() const { return links_; }
    [[nodiscard]] bool cut() const { return cut_; }

 private:
    /// Tasks of an array were submitted together: they are one link.
    static Key key_of(const Job& job) { return {job.array.value_or(job.id), std::nullopt}; }

    void settle_state(Link& link) {
        if (!link.whole_array) return;
        if (++counted_ > kMostCounted) {
            link.state = JobState::Unknown;
            return;
        }
        const auto state = array_state(attempts_.owner, link.job, context_);
        if (!state.ok()) missing(state.error());
        link.state = state.ok() ? state.value() : JobState::Unknown;
    }

    [[nodiscard]] std::optional<std::size_t> place_of(const Key& key) const {
        for (std::size_t i = 0; i < links_.size(); ++i) {
            const Link& link = links_[i];
            const bool same = link.key == key || (!key.second && link.job.id == key.first);
            if (same) return i;
        }
        return std::nullopt;
    }

    /// The job that a dependency names, if it is the owner's: the last that had the number when the
    /// one that waits was submitted.
    [[nodiscard]] std::optional<Job> find(const Dependency& dependency, const Job& waiting) {
        slurm::SlurmDb& slurm = context_.slurm;
        if (dependency.task) return find_task(dependency, waiting);
        const auto rows = slurm.attempts(attempts_.owner, dependency.id);
        if (!rows.ok()) return missing(rows.error());
        const std::vector<Job>& all = rows.value();
        const auto known = std::find_if(all.begin(), all.end(), [&](const Job& job) {
            return job.submitted <= waiting.submitted;
        });
        if (known == all.end()) return std::nullopt;
        return slurm::one_submission(all, static_cast<std::size_t>(known - all.begin())).front();
    }

    [[nodiscard]] std::optional<Job> find_task(const Dependency& dependency, const Job& waiting) {
        std::optional<Instant> before;
        while (true) {
            const auto task =
                context_.slurm.array_task(attempts_.owner, dependency.id, *dependency.task, before);
            if (!task.ok()) return missing(task.error());
            const auto& found = task.value();
            const bool later = found && found->array_began > waiting.submitted;
            if (!later) return found;
            before = found->array_began;
        }
    }

    std::optional<Job> missing(const SourceError& error) {
        if (!failed_) log_missing(error);
        failed_ = true;
        return std::nullopt;
    }

    /// A new link of the chain; empty if there is no room.
    std::optional<std::size_t> add(const Key& key, const Job& job) {
        if (links_.size() == kMostJobs) {
            cut_ = true;
            return std::nullopt;
        }
        Link link{key, job, !key.second && job.array == key.first, job.state};
        settle_state(link);
        links_.push_back(std::move(link));
        return links_.size() - 1;
    }

    void add_those_before(std::size_t of) {
        for (const Dependency& dependency : dependencies_in(links_[of].job.submit_line)) {
            if (failed_) return;
            const Key key{dependency.id, dependency.task};
            auto place = place_of(key);
            if (!place) {
                if (links_.size() == kMostJobs || ++asked_ > kMostAsked) {
                    cut_ = true;
                    return;
                }
                const auto job = find(dependency, links_[of].job);
                if (job) place = add(key, *job);
            }
            if (place && *place != of) links_[of].waits_for.emplace_back(*place, dependency);
        }
    }

    /// Jobs that may have been told to wait for one of the chain.
    [[nodiscard]] std::vector<Job> candidates() {
        slurm::SlurmDb& slurm = context_.slurm;
        auto waiting =
            slurm.list(attempts_.owner, slurm::ListPart::Pending, {}, std::nullopt, kLookedThrough);
        if (!waiting.ok()) {
            missing(waiting.error());
            return {};
        }
        std::vector<Job> all = std::move(waiting).value().jobs;
        const Job& job = attempts_.job();
        if (!job.started) return all;
        const auto next =
            slurm.next_starts(attempts_.owner, job.ended.value_or(*job.started), kLookedThrough);
        if (!next.ok()) {
            missing(next.error());
            return all;
        }
        all.insert(all.end(), next.value().begin(), next.value().end());
        return all;
    }

    void add_those_after() {
        if (failed_) return;
        std::vector<std::pair<Job, std::vector<Dependency>>> left;
        for (Job& job : candidates()) {
            auto dependencies = dependencies_in(job.submit_line);
            if (!dependencies.empty()) left.emplace_back(std::move(job), std::move(dependencies));
        }
        // Those found may be waited for in turn.
        for (std::size_t known = 0; known < links_.size(); ++known) {
            for (const auto& [job, dependencies] : left) add_if_after(known, job, dependencies);
        }
    }

    /// Whether a job was submitted while the known one had its number: later ones get it again.
    [[nodiscard]] bool could_name(const Job& job, std::size_t known) const {
        const Job& named = links_[known].job;
        const bool alone = known == 0 && !named.array;
        const auto next = alone ? attempts_.next : named.array_next;
        const auto began = alone ? attempts_.all.back().submitted : named.array_began;
        return began <= job.submitted && (!next || job.submitted < *next);
    }

    void add_if_after(std::size_t known, const Job& job,
                      const std::vector<Dependency>& dependencies) {
        for (const Dependency& dependency : dependencies) {
            if (place_of({dependency.id, dependency.task}) != known) continue;
            if (!could_name(job, known)) continue;
            auto place = place_of(key_of(job));
            if (!place) place = add(key_of(job), job);
            if (!place || *place == known) return;
            auto& waits_for = links_[*place].waits_for;
            const std::pair edge{known, dependency};
            if (std::find(waits_for.begin(), waits_for.end(), edge) == waits_for.end()) {
                waits_for.push_back(edge);
            }
        }
    }

    /// A job stands after all that it waits for. Those that wait for each other in a circle stop
    /// moving after as many rounds as there are jobs.
    void set_stages() {
        for (std::size_t round = 0; round < links_.size(); ++round) {
            for (Link& link : links_) {
                for (const auto& [before, dependency] : link.waits_for) {
                    link.stage = std::max(link.stage, links_[before].stage + 1);
                }
                link.stage = std::min(link.stage, links_.size());
            }
        }
    }

    void mark_blocking(const Link& link) {
        if (link.state != JobState::Pending) return;
        for (const auto& [before, dependency] : link.waits_for) {
            Link& other = links_[before];
            const bool started = other.job.started.has_value();
            if (!is_met(dependency, other.state, started)) other.blocks = true;
        }
    }

    const Attempts& attempts_;
    Context& context_;
    std::vector<Link> links_;
    std::size_t asked_ = 0;
    std::size_t counted_ = 0;
    bool cut_ = false;
    bool failed_ = false;
};

views::ChainJob shown(const Link& link, const std::string& owner, const Site& site) {
    views::ChainJob job{.number = job_number(link.job),
                        .name = link.job.name,
                        .link = job_link(site, owner, link.job),
                        .state = link.state,
                        .state_number = link.job.state_number,
                        .here = false,
                        .blocks = link.blocks};
    if (!link.whole_array) return job;
    job.number = std::to_string(link.key.first.value);
    job.link = array_link(site, owner, link.job);
    return job;
}

}  // namespace

JobChain chain_of(const Attempts& attempts, const std::string& owner, Context& context) {
    const Search search(attempts, context);
    const std::vector<Link>& links = search.links();
    JobChain found;
    found.chain.cut = search.cut();
    std::map<std::size_t, std::vector<views::ChainJob>> stages;
    for (std::size_t i = 0; i < links.size(); ++i) {
        views::ChainJob job = shown(links[i], owner, context.site);
        job.here = i == 0;
        stages[links[i].stage].push_back(std::move(job));
    }
    for (auto& [stage, jobs] : stages) found.chain.stages.push_back(std::move(jobs));
    if (attempts.job().state != JobState::Pending) return found;
    for (const auto& [before, dependency] : links.front().waits_for) {
        const Link& other = links[before];
        if (is_met(dependency, other.state, other.job.started.has_value())) continue;
        found.waits_for.push_back(shown(other, owner, context.site));
    }
    return found;
}

}  // namespace portal::jobstats
