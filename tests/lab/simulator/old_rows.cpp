#include <algorithm>
#include <array>
#include <cmath>

#include "accounting_file.h"
#include "people.h"
#include "random.h"

namespace portal::simulator {
namespace {

constexpr std::uint64_t kHundredRows = 100;
constexpr std::array<unsigned, 12> kOthers{kAlice, kBob, kCarol, 6, 7, 8, 9, 10, 11, 12, 13, 14};
constexpr UnixTime kStepsKept = 180 * 86400;
constexpr UnixTime kDay = 86400;

unsigned draw_person(std::uint64_t number, const Scale& scale, Random& random) {
    const std::uint64_t spacing = scale.rows / kHundredRows;
    if (number % spacing == spacing / 2) return kHundred;
    // 15 of 50 rows, none of them in an array
    const std::uint64_t place = number % 25;
    if (place >= 5 && place < (number % 50 < 25 ? 13U : 12U)) return kHeavy;
    const double skew = std::pow(random.share(), 2);
    return kOthers[static_cast<std::size_t>(skew * kOthers.size())];
}

/// Submission times are spread evenly over the days, but closer together in the daytime.
UnixTime draw_submit(std::uint64_t number, const Settings& settings, const Scale& scale) {
    const UnixTime first = settings.now - scale.span;
    const UnixTime length = scale.span - scale.window - kDay;
    const double even =
        static_cast<double>(length) * static_cast<double>(number) / static_cast<double>(scale.rows);
    const double day = std::floor((static_cast<double>(first) + even) / 86400) * 86400;
    const double second = static_cast<double>(first) + even - day;
    // pulls times towards 20:00 UTC, keeps their order
    const double pulled =
        second - 0.25 * 86400 / 6.2831853 * std::sin((second / 86400 - 0.833) * 6.2831853);
    return static_cast<UnixTime>(day + pulled);
}

void draw_size(Job& job, Random& random) {
    if (random.chance(0.12)) {
        job.gpus = 1U << random.below(3);
        job.cores = job.gpus * 6;
        job.partition = "gpubase_bygpu_b" + std::to_string(1 + random.below(3));
    } else {
        job.cores = static_cast<unsigned>(1 + 63 * std::pow(random.share(), 4));
        job.partition = "cpubase_bycore_b" + std::to_string(1 + random.below(5));
        if (random.chance(0.03)) {
            job.nodes = static_cast<unsigned>(2 + random.below(7));
            job.cores = 64 * job.nodes;
            job.partition = "cpubase_bynode_b1";
        } else if (random.chance(0.01)) {
            job.partition = "largemem_bycore_b1";
        }
    }
    job.memory_mib = job.cores * (1024ULL << random.below(4));
}

void draw_end(Job& job, Random& random) {
    struct Fate {
        double below;
        State state;
        std::uint32_t exit_code;
    };
    constexpr std::array<Fate, 8> kFates{{{0.78, State::Completed, 0},
                                          {0.86, State::Failed, 256},
                                          {0.91, State::Cancelled, 0},
                                          {0.95, State::Timeout, 0},
                                          {0.97, State::OutOfMemory, 125},
                                          {0.98, State::NodeFail, 0},
                                          {0.985, State::Preempted, 0},
                                          {1.0, State::Completed, 0}}};
    const double luck = random.share();
    const auto fate = std::ranges::find_if(kFates, [&](const Fate& f) { return luck < f.below; });
    job.state = job.final_state = fate->state;
    job.exit_code = fate->exit_code;
    if (fate->state == State::Timeout) job.duration = UnixTime{60} * job.limit_minutes;
    job.end = job.start + job.duration;
    if (fate->state == State::Cancelled && random.chance(0.5)) {
        job.end = job.start;
        job.start = random.chance(0.5) ? 0 : job.end;
        job.node_list = "None assigned";
    }
}

std::string draw_nodes(const Job& job, Random& random) {
    const std::uint64_t first = (job.gpus > 0 ? 10300 : 11000) + random.below(900);
    const std::string prefix = job.gpus > 0 ? "ng" : "nc";
    if (job.nodes == 1) return prefix + std::to_string(first);
    return prefix + '[' + std::to_string(first) + '-' + std::to_string(first + job.nodes - 1) + ']';
}

Job draw_row(std::uint64_t number, const Settings& settings, const Scale& scale) {
    Random random(mixed(settings.seed, 0xB00000000ULL + number));
    Job job;
    job.row = kFirstId + number;
    job.id = static_cast<std::uint32_t>(job.row);
    job.person = draw_person(number, scale, random);
    draw_size(job, random);
    job.account = account_of(job.person, job.gpus);
    job.name = "job_" + std::to_string(random.below(5000));
    job.submit = job.eligible = draw_submit(number, settings, scale);
    job.start = job.submit + static_cast<UnixTime>(36000 * std::pow(random.share(), 3));
    job.duration = static_cast<UnixTime>(5 + 43200 * std::pow(random.share(), 3));
    job.limit_minutes = static_cast<std::uint32_t>(1 + static_cast<double>(job.duration) *
                                                           random.between(1.05, 5) / 60);
    job.node_list = draw_nodes(job, random);
    if (number % 25 < 5 && job.person != kHundred) {  // five tasks of one array follow each other
        job.array_job = static_cast<std::uint32_t>(kFirstId + number - number % 25 + 4);
        job.array_task = static_cast<std::uint32_t>(number % 25);
        const std::uint64_t leader = number - number % 25;
        job.person = kOthers[mixed(settings.seed, leader) % kOthers.size()];
        job.account = account_of(job.person, job.gpus);
        job.name = "sweep_" + std::to_string(number / 25 % 300);
    }
    draw_end(job, random);
    job.does = ordinary_behaviour(random.bits(), job);
    return job;
}

}  // namespace

void add_old_rows(AccountingFile& file, const Settings& settings, const Scale& scale,
                  const Cluster&) {
    for (std::uint64_t number = 0; number < scale.rows; ++number) {
        const Job job = draw_row(number, settings, scale);
        const bool recent = job.submit > settings.now - kStepsKept;
        file.add(job, recent ? AccountingFile::Steps::With : AccountingFile::Steps::Without);
    }
}

}  // namespace portal::simulator
