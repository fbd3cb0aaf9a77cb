#pragma once

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "jobs.h"
#include "people.h"
#include "simulation.h"
#include "stories.h"

namespace portal::simulator {

inline constexpr UnixTime kMinute = 60;
inline constexpr UnixTime kHour = 3600;
inline constexpr UnixTime kWeek = 7 * 86400;
inline constexpr std::uint64_t kGibi = 1024;  ///< in MiB

/// Where and when a story runs. GPU nodes are counted from the first GPU node.
struct Stage {
    unsigned node = 0;
    unsigned nodes = 1;
    unsigned first_core = 0;
    unsigned cores = 1;  ///< per node
    unsigned gpus = 0;   ///< per node
    UnixTime ago = 0;    ///< seconds before now when it starts
    UnixTime lasts = kHour;
};

/// Makes named jobs, one after the other; ids follow those of the rows without samples.
class Author {
 public:
    Author(const Settings& settings, const Scale& scale)
        : settings_(settings),
          next_(first_simulated_id(scale)),
          first_gpu_node_(kStoryNodes + scale.cpu_nodes) {}

    /// Adds a job that the cluster runs; the caller may change what is ordinary about it.
    Job& play(std::string_view story, const Stage& stage, double level) {
        Job& job = add(story);
        job.nodes = stage.nodes;
        job.cores = stage.cores * stage.nodes;
        job.gpus = stage.gpus * stage.nodes;
        job.memory_mib = job.cores * 4 * kGibi;
        job.account = account_of(job.person, job.gpus);
        job.start = settings_.now - stage.ago;
        job.submit = job.eligible = job.start - 7 * kMinute;
        job.duration = stage.lasts;
        job.limit_minutes = static_cast<std::uint32_t>(stage.lasts * 3 / 2 / kMinute);
        if (stage.gpus > 0) job.partition = "gpubase_bygpu_b2";
        for (unsigned n = 0; n < stage.nodes; ++n) {
            const unsigned base = stage.gpus > 0 ? first_gpu_node_ : 0;
            Placement part{base + stage.node + n, {}, {}};
            for (unsigned i = 0; i < stage.cores; ++i) part.cores.push_back(stage.first_core + i);
            for (unsigned i = 0; i < stage.gpus; ++i) part.gpus.push_back(i);
            job.placements.push_back(std::move(part));
        }
        job.does = steady_behaviour(settings_.seed ^ job.id, job, level);
        if (stage.gpus > 0) job.does.core.level = 0.4;
        return job;
    }

    /// Adds a row only: started `ago` seconds before now for `lasts` seconds, or still runs.
    Job& note(std::string_view story, State state, UnixTime ago, UnixTime lasts) {
        Job& job = add(story);
        job.account = account_of(job.person, 0);
        job.cores = 4;
        job.memory_mib = 16 * kGibi;
        job.state = job.final_state = state;
        job.start = settings_.now - ago;
        job.end = lasts > 0 ? job.start + lasts : 0;
        job.submit = job.eligible = job.start - 20 * kMinute;
        job.duration = lasts;
        job.limit_minutes = 600;
        job.node_list = "nc19001";
        job.does = steady_behaviour(settings_.seed ^ job.id, job, 0.9);
        return job;
    }

    /// Adds a row of a job that waits since `ago` seconds.
    Job& wait(std::string_view story, UnixTime ago) {
        Job& job = note(story, State::Pending, ago, 0);
        job.submit = job.eligible = settings_.now - ago;
        job.start = 0;
        job.node_list = "None assigned";
        return job;
    }

    /// The job of that story, which was added.
    [[nodiscard]] Job& story(std::string_view name) {
        return *std::ranges::find(jobs_, name, &Job::story);
    }

    [[nodiscard]] UnixTime now() const { return settings_.now; }
    void skip_to(std::uint64_t id) { next_ = id; }
    [[nodiscard]] std::vector<Job> jobs() { return std::move(jobs_); }

 private:
    Job& add(std::string_view story) {
        Job job;
        job.id = static_cast<std::uint32_t>(next_);
        job.row = next_++;
        job.script_job = job.id;
        job.story = story;
        job.name = story;
        job.person = kAlice;
        jobs_.reserve(kStoryIds);  // references to jobs stay valid
        jobs_.push_back(std::move(job));
        return jobs_.back();
    }

    const Settings& settings_;
    std::uint64_t next_;
    unsigned first_gpu_node_;
    std::vector<Job> jobs_;
};

}  // namespace portal::simulator
