#pragma once

#include <cstdint>
#include <deque>
#include <list>
#include <string>
#include <vector>

#include "jobs.h"
#include "topology.h"

namespace portal::simulator {

/// All that a run depends on; kept in the state folder so that `live` continues where the history
/// ended.
struct Settings {
    std::uint64_t seed = 1;
    std::string size = "small";
    std::string cluster = "narval";
    UnixTime now = 0;                ///< end of the back-filled past
    unsigned gpu_tres = 1001;        ///< id of gres/gpu
    unsigned gpu_typed_tres = 1002;  ///< id of gres/gpu:a100

    /// Reads DIR/state. Throws std::runtime_error if it cannot be read.
    static Settings load(const std::string& folder);
    /// Writes DIR/state. Throws std::runtime_error if it cannot.
    void save(const std::string& folder) const;
};

/// Who hears of what happens to the jobs, in order of time.
class Listener {
 public:
    virtual ~Listener() = default;
    /// The job was submitted, started or ended; `at` is when.
    virtual void changed(const Job& job, UnixTime at) = 0;
};

/// What the exporters of a node sum up since the node's boot.
struct NodeState {
    std::vector<bool> core_taken;
    std::vector<bool> gpu_taken;
    std::vector<double> core_seconds;  ///< of ended jobs, per CPU
    double received = 0;               ///< InfiniBand bytes of ended jobs
    double sent = 0;
    double scratch_written = 0;
    double scratch_read = 0;
    UnixTime last_busy = 0;  ///< when its last job ended
};

/// A part of a running job, as a node sees it.
struct Share {
    const Job* job = nullptr;
    unsigned part = 0;
};

/// Runs jobs on the simulated nodes: places them, lets them wait, ends them. Deterministic by seed.
/// The same object produces the history and then runs live. Memory does not grow with time.
class Simulation {
 public:
    Simulation(const Settings& settings, Listener& listener);

    /// Lets all that happens up to `time` happen. Time only goes forward.
    void advance(UnixTime time);

    [[nodiscard]] UnixTime time() const { return time_; }
    [[nodiscard]] UnixTime begin() const { return begin_; }
    [[nodiscard]] const Settings& settings() const { return settings_; }
    [[nodiscard]] const Scale& scale() const { return scale_; }
    [[nodiscard]] const Cluster& cluster() const { return cluster_; }
    [[nodiscard]] const NodeState& node(unsigned index) const { return nodes_[index]; }
    /// Running jobs, oldest first.
    [[nodiscard]] const std::list<Job>& running() const { return running_; }
    /// Jobs that wait for room, oldest first.
    [[nodiscard]] const std::deque<Job>& waiting() const { return waiting_; }
    /// Jobs that ended less than ten minutes ago: Lustre servers still show them.
    [[nodiscard]] const std::deque<Job>& lingering() const { return lingering_; }
    /// Parts of running jobs on a node.
    [[nodiscard]] std::vector<Share> shares(unsigned node) const;
    /// Whether the node is powered: it has a job, or had one less than ten minutes ago.
    [[nodiscard]] bool awake(unsigned node) const;

 private:
    void end_jobs(UnixTime time);
    void arrive(UnixTime time);
    void start_waiting(UnixTime time);
    [[nodiscard]] UnixTime next_event(UnixTime limit) const;
    [[nodiscard]] bool place(Job& job);
    [[nodiscard]] bool place_part(Job& job, unsigned node, unsigned cores, unsigned gpus);
    void start(Job job, UnixTime time);
    void release(const Job& job);
    [[nodiscard]] Job next_ordinary(UnixTime submit);
    [[nodiscard]] UnixTime gap(UnixTime after) const;

    Settings settings_;
    const Scale& scale_;
    Cluster cluster_;
    Listener& listener_;
    UnixTime begin_;
    UnixTime time_;
    std::vector<NodeState> nodes_;
    std::vector<Job> stories_;  ///< not yet started, by start time
    std::size_t next_story_ = 0;
    UnixTime next_arrival_ = 0;
    std::uint64_t arrivals_ = 0;
    std::deque<Job> waiting_;
    std::list<Job> running_;
    std::deque<Job> lingering_;
};

/// First id of the jobs of this run that have samples: after the rows without.
std::uint64_t first_simulated_id(const Scale& scale);

}  // namespace portal::simulator
