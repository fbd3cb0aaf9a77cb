#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/units.h"
#include "fcgi/programs/prolog/settings.h"
#include "fcgi/programs/prolog/spool_clock.h"
#include "fcgi/programs/prolog/state.h"

namespace portal::prolog {

/// What is still to be sent, on disk, so that it survives a crash or a reboot. Every change is
/// one rename or one unlink; any number of processes may work in it at once.
///   wanted/ID      a hook was told of this job; its script was not read yet
///   queue/TIME.ID  a script to be sent, its very bytes
///   seen/ID        a link whose text says which state of the script was read last
///   reading        the lock of the one that reads a script into the queue
///   clock          how far the spool's own clock is, by which it tells what is old
class Spool {
 public:
    /// Makes the folders, for the owner only. Throws std::runtime_error if that is impossible.
    explicit Spool(const Settings& settings);

    /// Remembers that a job's script is wanted.
    void want(JobId id) const;
    [[nodiscard]] std::vector<JobId> wanted() const;

    enum class Taken {
        Queued,
        Known,    ///< this very script was taken before
        Nothing,  ///< there is no script, or none that could be sent
        Later,    ///< not yet whole, no room, or others read: it stays wanted
    };
    /// Reads a job's script into the queue, if it is new: one process at a time, so that a script
    /// that many hooks name at once is queued once. Waits for the others for a while at most.
    Taken take(JobId id, const State& state) const;

    struct Entry {
        std::string path;
        JobId job;
        std::uint64_t time_us = 0;  ///< of the spool's own clock
    };
    /// What is to be sent, in order of arrival.
    [[nodiscard]] std::vector<Entry> queue() const;
    /// The bytes of an entry; empty optional if another process has sent it meanwhile.
    [[nodiscard]] std::optional<std::string> bytes(const Entry& entry) const;
    void remove(const Entry& entry) const;
    /// True if the entry has waited longer than is allowed, by the spool's own clock.
    [[nodiscard]] bool too_old(const Entry& entry) const;

    /// Forgets what was seen of jobs that Slurm itself has forgotten, and removes what killed
    /// processes left half written; once an hour.
    void forget_old(const State& state) const;

    /// Path of the lock that the one who sends holds.
    [[nodiscard]] std::string lock_path() const { return folder_ + "/lock"; }

 private:
    [[nodiscard]] bool was_seen(JobId id, const std::string& mark) const;
    Taken take_new(JobId id, const State& state, const std::string& mark) const;
    void forget_wanted(JobId id) const;
    [[nodiscard]] bool has_room(std::size_t size) const;
    [[nodiscard]] bool put(JobId id, const std::string& bytes) const;
    void note_seen(JobId id, const std::string& mark) const;
    [[nodiscard]] std::string file(const char* kind, JobId id) const;

    const Settings& settings_;
    std::string folder_;
    SpoolClock clock_;
};

}  // namespace portal::prolog
