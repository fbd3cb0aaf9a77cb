#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "handlers/jobstats/advice/next_time.h"
#include "handlers/jobstats/advice/values.h"
#include "tests/fakes/portal_fixture.h"

using namespace portal;
using namespace portal::jobstats;

namespace {

constexpr double kGib = kGibibyte;
constexpr double kOneHour = 3600;
constexpr double kLimit = 24 * kOneHour;
constexpr double kCores = 16;

/// What a run of one node with 16 cores, 64 GiB and 24 hours used.
struct Used {
    double memory = 5 * kGib;
    double seconds = 2 * kOneHour;
    double cores = 15.5;
    JobState state = JobState::Completed;
    double had = 64 * kGib;
    double cores_had = kCores;
};

using Script = std::vector<std::string>;

/// The page of a run.
struct Story {
    Site site;
    JobRun run;
    Measures measures;

    explicit Story(const Used& used) {
        fakes::PortalFixture portal;
        site = portal.site;
        site.verdicts = usual_verdicts();
        slurm::Job job = portal.finished_job(47);
        job.state = used.state;
        job.time_limit = Seconds{static_cast<std::int64_t>(kLimit)};
        job.started = *job.ended - Seconds{static_cast<std::int64_t>(used.seconds)};
        job.submitted = *job.started;
        const auto bytes = static_cast<std::uint64_t>(used.had);
        job.requested =
            job.allocated = {static_cast<std::uint32_t>(used.cores_had), {bytes}, 1, {}};
        run = run_of(job, site, portal.clock.time);
        measures.cores = measures.cores_peak.emplace(used.cores);
        measures.memory = measures.memory_rss = used.memory;
        measures.nodes = {{"nc1", used.cores, used.memory}};
    }

    [[nodiscard]] JobFacts facts() const { return {run, measures, site}; }
    [[nodiscard]] Need need() const { return need_of(values_of(facts(), {}), facts()); }

    [[nodiscard]] views::NextTime next(const Script& script,
                                       const std::vector<Used>& others) const {
        Alike alike{{}, "train", "/runs"};
        for (const Used& other : others) alike.runs.push_back(Story(other).need());
        const Values values = values_of(facts(), {});
        return next_time_of(findings_of(values, "", site), values, facts(), options_of(script, ""),
                            alike);
    }
};

const Script kScript = {"#SBATCH --mem=64G", "#SBATCH --time=24:00:00", "#SBATCH -c 16"};

std::vector<std::string> lines(const views::NextTime& next) {
    std::vector<std::string> all;
    for (const views::NextLine& line : next.lines) all.push_back(line.after);
    return all;
}

/// The value that a line of the advice gives an option; empty: it leaves it.
std::optional<std::string> value_of(const views::NextTime& next, const std::string& option) {
    for (const views::NextLine& line : next.lines) {
        const std::string start = "#SBATCH " + option;
        if (line.after.starts_with(start)) return line.after.substr(start.size() + 1);
    }
    return std::nullopt;
}

double bytes(const std::string& text) {
    return std::stod(text) * (text.back() == 'G' ? kGib : kGib / 1024);
}

double seconds(const std::string& text) {
    const auto dash = text.find('-');
    const double days = dash == std::string::npos ? 0 : std::stod(text.substr(0, dash));
    const std::string clock = dash == std::string::npos ? text : text.substr(dash + 1);
    const auto colon = clock.find(':');
    return days * 86400 + std::stod(clock) * kOneHour + std::stod(clock.substr(colon + 1)) * 60;
}

/// Random numbers that are the same everywhere.
class Dice {
 public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    double uniform() { return (static_cast<double>(engine_()) + 0.5) / 4294967296.0; }
    double normal() {
        return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
    }
    /// About `middle`, never negative, off by about that share.
    double about(double middle, double share) { return middle * std::exp(share * normal()); }

 private:
    std::mt19937 engine_;
};

/// A kind of job, and what its runs use, by their place in its history.
struct Kind {
    const char* name;
    std::function<Used(Dice&, int run)> draw;
};

std::vector<Kind> kinds() {
    return {{"steady",
             [](Dice& d, int) {
                 return Used{d.about(6 * kGib, 0.03), d.about(2 * kOneHour, 0.05)};
             }},
            {"noisy",
             [](Dice& d, int) {
                 return Used{d.about(6 * kGib, 0.25), d.about(2 * kOneHour, 0.3)};
             }},
            {"wild",
             [](Dice& d, int) {
                 return Used{d.about(3 * kGib, 0.7), d.about(kOneHour, 0.8)};
             }},
            {"two sizes",
             [](Dice& d, int) {
                 const double size = d.uniform() < 0.3 ? 8 : 1;
                 return Used{d.about(2 * kGib * size, 0.05), d.about(0.5 * kOneHour * size, 0.05)};
             }},
            {"growing",
             [](Dice& d, int run) {
                 const double size = std::pow(1.04, run);
                 return Used{d.about(4 * kGib * size, 0.03), d.about(kOneHour * size, 0.03)};
             }},
            {"shrinking",
             [](Dice& d, int run) {
                 const double size = std::pow(0.97, run);
                 return Used{d.about(12 * kGib * size, 0.05), d.about(5 * kOneHour * size, 0.05)};
             }},
            {"idle cores", [](Dice& d, int) {
                 return Used{d.about(6 * kGib, 0.1), d.about(2 * kOneHour, 0.1), d.about(3, 0.1)};
             }}};
}

/// What became of runs that followed advice.
struct Replay {
    int runs = 0;
    int stopped = 0;
    double core_hours = 0;
    double memory_hours = 0;  ///< GiB-hours
    double limits = 0;        ///< hours by which they are shorter
};

/// 3 to 20 runs that lie more or less far apart; every tenth ran out of memory.
std::vector<Used> drawn_runs(Dice& dice) {
    std::vector<Used> runs;
    const double spread = dice.uniform();
    const auto count = 3 + static_cast<std::size_t>(dice.uniform() * 18);
    while (runs.size() < count) {
        Used one{.memory = std::min(dice.about(4 * kGib, spread), 63 * kGib),
                 .seconds = std::min(dice.about(kOneHour, spread), kLimit - 60),
                 .cores = std::min(dice.about(3, spread), 15.9)};
        if (dice.uniform() < 0.1) one.state = JobState::OutOfMemory;
        if (one.state == JobState::OutOfMemory) one.had = one.memory * 1.01;
        runs.push_back(one);
    }
    return runs;
}

/// Advice from the first half of a history, and its second half with it.
void replay(const Kind& kind, Dice& dice, int half, Replay& all) {
    std::vector<Used> first;
    for (int run = 0; run < half; ++run) first.push_back(kind.draw(dice, run));
    std::reverse(first.begin(), first.end());
    const auto next = Story(first[0]).next(kScript, {first.begin() + 1, first.end()});
    const auto memory = value_of(next, "--mem");
    const auto time = value_of(next, "--time");
    const auto cores = value_of(next, "-c");
    const double has = memory ? bytes(*memory) : 64 * kGib;
    const double may = time ? seconds(*time) : kLimit;
    for (int run = half; run < 2 * half; ++run) {
        const Used used = kind.draw(dice, run);
        const double ran = used.seconds / kOneHour;
        ++all.runs;
        all.stopped += used.memory > has || used.seconds > may ? 1 : 0;
        all.core_hours += (kCores - (cores ? std::stod(*cores) : kCores)) * ran;
        all.memory_hours += (64 - has / kGib) * ran;
        all.limits += (kLimit - may) / kOneHour;
    }
}

using Texts = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(right_size)

BOOST_AUTO_TEST_CASE(of_fewer_than_three_runs_this_one_counts) {
    const auto next = Story({.memory = 3.1 * kGib}).next(kScript, {{.memory = 40 * kGib}});

    BOOST_TEST(lines(next) == (Texts{"#SBATCH --mem=4G", "#SBATCH --time=2:45:00"}));
    BOOST_TEST(next.basis.id == "From this run only: fewer than three like it are known.");
    BOOST_TEST(next.outcome.empty());
}

BOOST_AUTO_TEST_CASE(of_more_runs_the_advice_covers_all) {
    const auto next = Story({.memory = 3.1 * kGib})
                          .next(kScript, {{.memory = 4.4 * kGib, .seconds = 2.5 * kOneHour},
                                          {.memory = 4.1 * kGib, .cores = 9},
                                          {.memory = 4 * kGib},
                                          {.memory = 4 * kGib},
                                          {.memory = 4.2 * kGib}});

    BOOST_TEST(lines(next) == (Texts{"#SBATCH --mem=7G", "#SBATCH --time=3:30:00"}));
    BOOST_TEST(next.basis.arguments.at(0).number == 6);
    BOOST_TEST(next.basis.arguments.at(1).text == "train");
    BOOST_TEST(next.outcome.id == "With this, all {0} would have ended.");
    BOOST_TEST(next.doubts.empty());
    BOOST_TEST(next.history == "/runs");
}

BOOST_AUTO_TEST_CASE(cores_are_the_most_that_any_run_used_and_all_of_one_not_measured) {
    const std::vector<Used> others = {{.cores = 2}, {.cores = 6.2}, {.cores = 1}};
    BOOST_TEST(value_of(Story({.cores = 1}).next({"#SBATCH -c 16"}, others), "-c").value() == "7");

    const Story story({.cores = 1});
    Alike alike{{}, "train", ""};
    for (const Used& other : others) alike.runs.push_back(Story(other).need());
    alike.runs.front().busy_cores.reset();
    const Values values = values_of(story.facts(), {});
    const auto next = next_time_of(findings_of(values, "", story.site), values, story.facts(),
                                   options_of(Script{"#SBATCH -c 16"}, ""), alike);
    BOOST_TEST(!value_of(next, "-c").has_value());
}

BOOST_AUTO_TEST_CASE(what_ran_out_of_memory_or_time_needs_more_than_it_had) {
    const Used small{.memory = 12 * kGib, .state = JobState::OutOfMemory, .had = 12 * kGib};
    const Used longest{.seconds = kLimit, .state = JobState::Timeout};
    const auto next = Story({}).next(kScript, {small, {}, {}});

    BOOST_TEST(value_of(next, "--mem").value() == "18G");
    BOOST_TEST(next.outcome.id.starts_with("With this, those that completed ({0})"));
    BOOST_TEST(next.outcome.arguments.at(0).number == 3);
    BOOST_TEST(next.outcome.arguments.at(1).number == 1);
    BOOST_TEST(!value_of(Story({}).next(kScript, {longest, {}, {}}), "--time").has_value());

    const auto after = Story({.state = JobState::OutOfMemory})
                           .next(kScript, {{.memory = 100 * kGib, .had = 200 * kGib},
                                           {.memory = 100 * kGib, .had = 200 * kGib}});
    BOOST_TEST(value_of(after, "--mem").value() == "120G");
}

BOOST_AUTO_TEST_CASE(what_a_line_leaves_as_it_is_may_stop_runs_that_needed_more) {
    const std::vector<Used> others = {{.memory = 90 * kGib, .had = 200 * kGib}, {}, {}};

    const auto next = Story({}).next(kScript, others);

    BOOST_TEST(!value_of(next, "--mem").has_value());
    BOOST_TEST(next.outcome.id == "It would have stopped {0} of them.");
    BOOST_TEST(next.outcome.count == 1U);
}

BOOST_AUTO_TEST_CASE(runs_that_lie_too_far_apart_are_no_ground_for_less) {
    std::vector<Used> others;
    for (int i = 0; i < 10; ++i) others.push_back({.memory = (i % 4 == 0 ? 30 : 2) * kGib});

    const auto next = Story({.memory = 2 * kGib}).next({"#SBATCH --mem=64G"}, others);

    BOOST_TEST(!value_of(next, "--mem").has_value());
    BOOST_TEST_REQUIRE(next.doubts.size() == 1U);
    BOOST_TEST(next.doubts[0].id.starts_with("Their memory lies too far apart"));
    BOOST_TEST(next.doubts[0].arguments.at(0).number == 2 * kGib);
    BOOST_TEST(next.doubts[0].arguments.at(1).number == 30 * kGib);
}

BOOST_AUTO_TEST_CASE(runs_that_grow_are_no_ground_for_less) {
    std::vector<Used> others;
    for (int i = 1; i < 12; ++i) {
        others.push_back({.memory = (6 - 0.5 * i) * kGib, .seconds = (13.0 - i) * 600});
    }

    const auto next = Story({.memory = 6 * kGib}).next(kScript, others);

    BOOST_TEST(next.lines.empty());
    BOOST_TEST_REQUIRE(next.doubts.size() == 2U);
    BOOST_TEST(next.doubts[0].id.starts_with("Their memory grows"));
    BOOST_TEST(next.doubts[1].id.starts_with("They take longer"));
}

BOOST_AUTO_TEST_CASE(memory_is_compared_in_the_unit_that_was_requested) {
    const std::vector<Used> others = {{.memory = 24 * kGib, .had = 256 * kGib, .cores_had = 64},
                                      {.memory = 26 * kGib, .had = 256 * kGib, .cores_had = 64},
                                      {.memory = 6 * kGib}};
    const Story story({.memory = 6 * kGib});

    BOOST_TEST(
        value_of(story.next({"#SBATCH --mem-per-cpu=4G"}, others), "--mem-per-cpu").value() ==
        "700M");
    BOOST_TEST(!value_of(story.next({"#SBATCH --mem=64G"}, others), "--mem").has_value());
}

BOOST_AUTO_TEST_CASE(savings_are_those_of_all_runs) {
    const auto next = Story({.cores = 1}).next(kScript, {{.cores = 1}, {.cores = 1}});

    BOOST_TEST(value_of(next, "-c").value() == "2");
    BOOST_TEST_REQUIRE(next.saves.size() == 2U);
    BOOST_TEST(next.saves[0].id.starts_with("They would have held {0} core-hours less"));
    BOOST_TEST(next.saves[0].arguments.at(0).number == 3 * 2 * 14);
    BOOST_TEST(next.saves[1].arguments.at(0).number == 3 * 2 * 56, next.saves[1].id);
}

// Whatever runs needed, and in whatever unit: what is proposed is at least that.
BOOST_AUTO_TEST_CASE(no_proposal_is_below_what_any_run_needed) {
    Dice dice(1);
    int proposals = 0;
    for (int draw = 0; draw < 600; ++draw) {
        const std::vector<Used> runs = drawn_runs(dice);
        const bool by_core = draw % 2 == 0;
        const auto next =
            Story(runs[0]).next({by_core ? "#SBATCH --mem-per-cpu=4G" : "#SBATCH --mem=64G",
                                 "#SBATCH --time=24:00:00", "#SBATCH -c 16"},
                                {runs.begin() + 1, runs.end()});
        const auto cores = value_of(next, "-c");
        const double parts = by_core ? (cores ? std::stod(*cores) : kCores) : 1;
        const auto memory = value_of(next, by_core ? "--mem-per-cpu" : "--mem");
        const auto time = value_of(next, "--time");
        proposals += memory ? 1 : 0;
        for (const Used& run : runs) {
            const bool more = run.state == JobState::OutOfMemory;
            const double needs = more ? run.had : run.memory;
            if (memory) BOOST_TEST(bytes(*memory) * parts >= needs, draw);
            if (cores) BOOST_TEST(std::stod(*cores) >= run.cores, draw);
            if (time && !more) BOOST_TEST(seconds(*time) >= std::floor(run.seconds), draw);
        }
    }
    BOOST_TEST(proposals > 200);
}

// Advice from the first half of a history, and its second half with it.
BOOST_AUTO_TEST_CASE(a_history_that_follows_the_advice_loses_almost_no_run) {
    constexpr int kHistories = 60;
    struct Bar {
        int half;
        double most;  ///< percent of the runs
    };
    // Three runs cannot know that every fourth is of another kind.
    for (const auto& [half, most] : {Bar{3, 4}, Bar{6, 2}, Bar{20, 0.5}}) {
        int runs = 0;
        int stopped = 0;
        for (const Kind& kind : kinds()) {
            Dice dice(static_cast<std::uint32_t>(half));
            Replay all;
            for (int history = 0; history < kHistories; ++history) replay(kind, dice, half, all);
            std::cout << "right size from " << half << " runs, " << kind.name << ": " << all.stopped
                      << " of " << all.runs << " stopped, saved " << std::lround(all.core_hours)
                      << " core-hours, " << std::lround(all.memory_hours) << " GiB-hours, "
                      << std::lround(all.limits) << " h of limits\n";
            runs += all.runs;
            stopped += all.stopped;
        }
        const double share = 100.0 * stopped / runs;
        std::cout << "right size from " << half << " runs: " << share << " % stopped\n";
        BOOST_TEST(share < most, half << " runs: " << share << " %");
    }
}

BOOST_AUTO_TEST_SUITE_END()
