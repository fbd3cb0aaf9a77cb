#pragma once

#include <string>
#include <vector>

#include "handlers/jobstats/advice/needs.h"
#include "handlers/jobstats/settings.h"
#include "views/pages/jobstats/advice/next_time.h"

namespace portal::jobstats {

/// Of what memory is requested: so the needs of runs of different sizes are compared.
enum class MemoryOf { Node, Cpu, Gpu };

/// What a job has or will have. Units: bytes of a node, seconds.
struct Request {
    double nodes = 1;
    double cores = 0;
    double gpus = 0;
    Need::Number memory;
    Need::Number limit;
};

/// What Slurm counts as CPUs, in allocations and in options alike.
[[nodiscard]] double cpus_of_node(double cores, double nodes);

/// The runs that advice on a job rests on: its own, and others like it where that makes three or
/// more.
class Runs {
 public:
    Runs(Need self, const std::vector<Need>& others, MemoryOf unit);

    [[nodiscard]] const Need& self() const { return all_.front(); }
    [[nodiscard]] bool many() const { return all_.size() > 1; }
    /// The most that any of them used of a thing; of one of which it is not known, all it had.
    [[nodiscard]] double most_of(Need::Number Need::*used, double Need::*had) const;
    /// Memory of a node like the job's: what ran out of it needs that much more.
    [[nodiscard]] Demand memory(const AdviceSettings& advice) const;
    [[nodiscard]] Demand time(const AdviceSettings& advice) const;
    /// Into how many parts the memory of a node is requested.
    [[nodiscard]] double parts_of_node(double cores, double gpus, double nodes) const;

    /// From how many runs the advice is, how they would have ended with it, and what they would
    /// have held less of: `next` is what a run like the job will have then.
    void tell(const Request& next, const std::string& name, const CostSettings& cost,
              views::NextTime& told) const;

 private:
    [[nodiscard]] double like_self(double bytes_of_node, const Need& run) const;
    [[nodiscard]] bool is_stopped(const Need& run, const Request& next) const;
    [[nodiscard]] views::Sentence outcome(const Request& next) const;
    void tell_savings(const Request& next, const CostSettings& cost, views::NextTime& told) const;
    template <class Above>
    [[nodiscard]] double saved(const Above& above) const;

    std::vector<Need> all_;
    double whole_ = 0;  ///< how many of them
    MemoryOf unit_;
};

}  // namespace portal::jobstats
