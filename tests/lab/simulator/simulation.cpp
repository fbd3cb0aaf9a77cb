#include "simulation.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "people.h"
#include "physics.h"
#include "random.h"
#include "stories.h"

namespace portal::simulator {
namespace {

constexpr UnixTime kHour = 3600;
constexpr UnixTime kLinger = 600;
constexpr std::size_t kMostWaiting = 12;
constexpr std::uint64_t kLiveId = kAfterHistory;
// people who send ordinary jobs; hundred and staff do not
constexpr unsigned kSenders[] = {kAlice, kBob, kCarol, kHeavy, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

}  // namespace

Settings Settings::load(const std::string& folder) {
    std::ifstream in(folder + "/state");
    Settings read;
    if (!(in >> read.seed >> read.size >> read.cluster >> read.now >> read.gpu_tres >>
          read.gpu_typed_tres)) {
        throw std::runtime_error("cannot read " + folder + "/state");
    }
    return read;
}

void Settings::save(const std::string& folder) const {
    std::ofstream out(folder + "/state");
    out << seed << ' ' << size << ' ' << cluster << ' ' << now << ' ' << gpu_tres << ' '
        << gpu_typed_tres << '\n';
    if (!out.flush()) throw std::runtime_error("cannot write " + folder + "/state");
}

std::uint64_t first_simulated_id(const Scale& scale) {
    return kFirstId + scale.rows;
}

Simulation::Simulation(const Settings& settings, Listener& listener)
    : settings_(settings),
      scale_(scale_named(settings.size)),
      cluster_(build_cluster(settings.cluster, scale_)),
      listener_(listener),
      begin_(settings.now - scale_.window),
      time_(begin_),
      stories_(simulated_stories(settings, scale_)) {
    for (const Node& node : cluster_.nodes) {
        NodeState state;
        state.core_taken.resize(node.cores);
        state.gpu_taken.resize(node.gpus);
        state.core_seconds.resize(node.cores);
        nodes_.push_back(std::move(state));
    }
    next_arrival_ = begin_ + kHour;
}

void Simulation::advance(UnixTime time) {
    while (time_ < time) {
        const UnixTime at = next_event(time);
        end_jobs(at);
        arrive(at);
        start_waiting(at);
        time_ = at;
    }
}

UnixTime Simulation::next_event(UnixTime limit) const {
    UnixTime next = std::min(limit, next_arrival_);
    if (next_story_ < stories_.size()) next = std::min(next, stories_[next_story_].start);
    for (const Job& job : running_) next = std::min(next, job.start + job.duration);
    return std::max(next, time_ + 1);
}

void Simulation::end_jobs(UnixTime time) {
    for (auto job = running_.begin(); job != running_.end();) {
        if (job->start + job->duration > time) {
            ++job;
            continue;
        }
        job->end = job->start + job->duration;
        job->state = job->final_state;
        release(*job);
        listener_.changed(*job, job->end);
        lingering_.push_back(std::move(*job));
        job = running_.erase(job);
    }
    while (!lingering_.empty() && lingering_.front().end + kLinger < time) lingering_.pop_front();
}

void Simulation::arrive(UnixTime time) {
    while (next_story_ < stories_.size() && stories_[next_story_].start <= time) {
        Job& job = stories_[next_story_++];
        if (!place(job)) throw std::logic_error("no room for the story " + job.story);
        const UnixTime at = job.start;
        start(std::move(job), at);
    }
    while (next_arrival_ <= time) {
        if (waiting_.size() < kMostWaiting) {
            waiting_.push_back(next_ordinary(next_arrival_));
            listener_.changed(waiting_.back(), next_arrival_);
        }
        next_arrival_ += gap(next_arrival_);
    }
}

void Simulation::start_waiting(UnixTime time) {
    for (auto job = waiting_.begin(); job != waiting_.end();) {
        if (!place(*job)) {
            ++job;
            continue;
        }
        start(std::move(*job), time);
        job = waiting_.erase(job);
    }
}

void Simulation::start(Job job, UnixTime time) {
    job.start = time;
    job.state = State::Running;
    std::vector<unsigned> nodes;
    for (const Placement& part : job.placements) nodes.push_back(part.node);
    job.node_list = compressed_names(cluster_, nodes);
    running_.push_back(std::move(job));
    listener_.changed(running_.back(), time);
}

bool Simulation::place(Job& job) {
    if (job.simulated()) {  // a story says where it runs
        for (const Placement& part : job.placements) {
            for (const unsigned core : part.cores) nodes_[part.node].core_taken.at(core) = true;
            for (const unsigned gpu : part.gpus) nodes_[part.node].gpu_taken.at(gpu) = true;
        }
        return true;
    }
    const unsigned gpu_node = cluster_.first_gpu_node();
    const unsigned first = job.gpus > 0 ? gpu_node + kStoryGpuNodes : kStoryNodes;
    const unsigned last = job.gpus > 0 ? cluster_.first_crowd_node() : gpu_node;
    for (unsigned node = first; node < last; ++node) {
        if (place_part(job, node, job.cores, job.gpus)) return true;
    }
    return false;
}

bool Simulation::place_part(Job& job, unsigned node, unsigned cores, unsigned gpus) {
    NodeState& state = nodes_[node];
    Placement part{node, {}, {}};
    for (unsigned i = 0; i < state.core_taken.size() && part.cores.size() < cores; ++i) {
        if (!state.core_taken[i]) part.cores.push_back(i);
    }
    for (unsigned i = 0; i < state.gpu_taken.size() && part.gpus.size() < gpus; ++i) {
        if (!state.gpu_taken[i]) part.gpus.push_back(i);
    }
    if (part.cores.size() < cores || part.gpus.size() < gpus) return false;
    for (const unsigned i : part.cores) state.core_taken[i] = true;
    for (const unsigned i : part.gpus) state.gpu_taken[i] = true;
    job.placements = {std::move(part)};
    return true;
}

void Simulation::release(const Job& job) {
    const double ran = job.elapsed(job.end);
    for (unsigned p = 0; p < job.placements.size(); ++p) {
        const Placement& part = job.placements[p];
        NodeState& state = nodes_[part.node];
        for (unsigned i = 0; i < part.cores.size(); ++i) {
            state.core_taken[part.cores[i]] = false;
            state.core_seconds[part.cores[i]] += core_seconds(job, p, i, ran);
        }
        for (const unsigned gpu : part.gpus) state.gpu_taken[gpu] = false;
        state.received += infiniband_received(job, ran);
        state.sent += infiniband_sent(job, ran);
        state.scratch_written += scratch_written(job, ran);
        state.scratch_read += scratch_read(job, ran);
        state.last_busy = job.end;
    }
}

std::vector<Share> Simulation::shares(unsigned node) const {
    std::vector<Share> found;
    for (const Job& job : running_) {
        for (unsigned part = 0; part < job.placements.size(); ++part) {
            if (job.placements[part].node == node) found.push_back({&job, part});
        }
    }
    return found;
}

bool Simulation::awake(unsigned node) const {
    return nodes_[node].last_busy + kLinger > time_ || !shares(node).empty();
}

Job Simulation::next_ordinary(UnixTime submit) {
    const std::uint64_t number = arrivals_++;
    const bool live = submit > settings_.now;
    Random random(mixed(settings_.seed, 0xA0000 + number));
    Job job;
    job.id = static_cast<std::uint32_t>((live ? kLiveId : first_simulated_id(scale_) + kStoryIds) +
                                        number);
    job.row = live ? 0 : job.id;
    job.person = kSenders[random.below(std::size(kSenders))];
    if (random.chance(0.25)) {
        job.gpus = random.chance(0.3) ? 2 : 1;
        job.cores = job.gpus * static_cast<unsigned>(2 + random.below(6));
        job.partition = "gpubase_bygpu_b" + std::to_string(1 + random.below(3));
    } else {
        job.cores = 1U << random.below(random.chance(0.1) ? 6 : 5);
        job.partition = "cpubase_bycore_b" + std::to_string(1 + random.below(4));
    }
    job.account = account_of(job.person, job.gpus);
    job.name = "run_" + std::to_string(random.below(500));
    job.memory_mib = job.cores * (1024ULL << random.below(3));
    job.submit = job.eligible = submit;
    job.duration =
        static_cast<UnixTime>(live ? random.between(180, 1800) : random.between(3600, 14400));
    job.limit_minutes = static_cast<std::uint32_t>(
        (static_cast<double>(job.duration) * random.between(1.1, 4)) / 60);
    const double luck = random.share();
    if (luck < 0.08) {
        job.final_state = State::Failed;
        job.exit_code = 256;
    } else if (luck < 0.12) {
        job.final_state = State::Cancelled;
    } else if (luck < 0.16) {
        job.final_state = State::Timeout;
        job.duration = job.limit_minutes * 60;
    }
    job.does = ordinary_behaviour(random.bits(), job);
    return job;
}

UnixTime Simulation::gap(UnixTime after) const {
    constexpr double kLiveGap = 100;
    constexpr UnixTime kFirstLive = 15;
    const UnixTime now = settings_.now;
    const double mean =
        after > now ? kLiveGap : static_cast<double>(scale_.window) / scale_.ordinary_jobs;
    const double drawn = 0.5 + as_share(mixed(settings_.seed, static_cast<std::uint64_t>(after)));
    const double busy = day_pattern(static_cast<double>(after));
    const auto found = std::max<UnixTime>(1, static_cast<UnixTime>(mean * drawn / busy));
    // the first job of the living part does not keep its visitors waiting
    return after <= now && after + found > now ? now + kFirstLive - after : found;
}

}  // namespace portal::simulator
