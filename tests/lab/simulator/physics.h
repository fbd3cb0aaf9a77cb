#pragma once

#include <cstdint>

#include "jobs.h"

namespace portal::simulator {

/// What one job did or does. `t` counts seconds from its start; `part` is a position in
/// job.placements; `core` and `gpu` are positions within that part. All are pure functions, so
/// history, live exporters and truth cannot differ.

/// Seconds of CPU that one core spent in [0, t).
double core_seconds(const Job& job, unsigned part, unsigned core, double t);
/// Share of one core in use at t, in [0, 1].
double core_share(const Job& job, unsigned part, unsigned core, double t);
/// Seconds of CPU of the whole job in [0, t).
double cpu_seconds(const Job& job, double t);

/// Memory of one node's cgroup, bytes.
struct Memory {
    double limit = 0;
    double rss = 0;
    double cache = 0;
    double max = 0;  ///< most ever used, page cache included
    [[nodiscard]] double usage() const { return rss + cache; }
};
Memory memory(const Job& job, unsigned part, double t);

/// One GPU.
struct Gpu {
    double share = 0;         ///< of the time with a kernel, [0, 1]
    double memory_share = 0;  ///< of the time the memory was busy, [0, 1]
    double memory_bytes = 0;
    double watts = 0;
};
Gpu gpu(const Job& job, unsigned part, unsigned gpu, double t);
/// Joules that one GPU took in [0, t).
double gpu_joules(const Job& job, unsigned part, unsigned gpu, double t);

/// Bytes read from or written to Lustre by the whole job in [0, t).
double lustre_read(const Job& job, double t);
double lustre_written(const Job& job, double t);
/// Requests for them.
double lustre_reads(const Job& job, double t);
double lustre_writes(const Job& job, double t);
/// Metadata operations of the whole job in [0, t).
double lustre_operations(const Job& job, double t);
/// Bytes that came over InfiniBand to each of its nodes in [0, t): files, and MPI if it has several
/// nodes.
double infiniband_received(const Job& job, double t);
double infiniband_sent(const Job& job, double t);
/// Bytes that it has put on the local disk of each node by t, and read from there.
double scratch_written(const Job& job, double t);
double scratch_read(const Job& job, double t);

}  // namespace portal::simulator
