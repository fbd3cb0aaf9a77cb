#include "jobs.h"

#include <algorithm>
#include <array>

#include "people.h"
#include "random.h"

namespace portal::simulator {
namespace {

constexpr std::array<std::string_view, 6> kPrograms{"/usr/bin/python3.11",
                                                    "/cvmfs/soft/gromacs/2024.4/bin/gmx_mpi",
                                                    "/cvmfs/soft/openfoam/12/bin/simpleFoam",
                                                    "/cvmfs/soft/R/4.4.0/lib64/R/bin/exec/R",
                                                    "/cvmfs/soft/vasp/6.4/bin/vasp_std",
                                                    "/home/common/bin/a.out"};
constexpr double kMegabyte = 1e6;

Curve drawn_curve(Random& random, double level) {
    const double swing = random.between(0.01, 0.06);
    return {
        .level = std::min(level, 0.995 / (1 + swing)),
        .warm_up = random.between(4, 10),
        .swing = swing,
        .swing_period = random.between(900, 3600),
        .pause = {random.between(600, 1200), random.between(1800, 3600), random.between(60, 150)},
        .depth = random.between(0.3, 0.8)};
}

}  // namespace

double Job::elapsed(UnixTime now) const {
    if (start == 0) return 0;
    const UnixTime until = end == 0 ? now : std::min(end, now);
    return static_cast<double>(std::max<UnixTime>(0, until - start));
}

std::string_view Job::login() const {
    return kPeople.at(person).login;
}

std::string account_of(unsigned person, unsigned gpus) {
    return std::string(kPeople.at(person).project) + (gpus > 0 ? "_gpu" : "_cpu");
}

Behaviour steady_behaviour(std::uint64_t seed, const Job& job, double level) {
    Random random(mixed(seed, 1));
    Behaviour does;
    does.seed = seed;
    does.core = drawn_curve(random, level);
    does.busy_cores = job.cores;
    does.gpu = drawn_curve(random, level);
    // the last minutes are without a pause, so that a scrape sees all that was written
    does.core.pause.until = static_cast<double>(job.duration) - 400;
    does.gpu.pause = does.core.pause;
    does.busy_gpus = job.gpus;
    does.memory_share = random.between(0.4, 0.85);
    does.cache_share = random.between(0.02, 0.1);
    does.gpu_memory_share = random.between(0.4, 0.9);
    const double scale = std::min<double>(job.nodes * 4, job.cores);
    does.read = {random.between(5, 40) * kMegabyte * scale, random.between(120, 400),
                 random.between(0.02, 0.5) * kMegabyte * scale};
    does.write_per_second = random.between(5, 30) * kMegabyte * scale;
    does.operations = random.between(0.5, 20);
    does.scratch_share = random.between(0.005, 0.1);
    does.file_system = static_cast<unsigned>(random.below(3));
    does.program = kPrograms[random.below(kPrograms.size())];
    return does;
}

Behaviour ordinary_behaviour(std::uint64_t seed, const Job& job) {
    Random random(mixed(seed, 2));
    Behaviour does = steady_behaviour(seed, job, random.between(0.8, 0.98));
    if (job.gpus > 0) does.core.level *= random.between(0.2, 0.7);
    if (job.cores > 1 && random.chance(0.2)) {
        does.busy_cores = static_cast<unsigned>(1 + random.below(job.cores));
    }
    if (random.chance(0.25)) does.memory_share = random.between(0.02, 0.2);
    if (random.chance(0.15)) does.core.level *= 0.3;  // waits for files most of the time
    if (job.gpus > 1 && random.chance(0.3)) does.busy_gpus = 1;
    return does;
}

}  // namespace portal::simulator
