#include "handlers/jobstats/advice/next_time.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "handlers/jobstats/advice/values.h"
#include "tests/fakes/portal_fixture.h"

using namespace portal;
using namespace portal::jobstats;

namespace {

constexpr double kGib = kGibibyte;

/// Two hours on 16 cores, 64 GiB and 4 GPUs of one node, all of them used.
struct Story {
    Site site;
    JobRun run;
    Measures measures;

    Story() {
        fakes::PortalFixture portal;
        site = portal.site;
        site.verdicts = usual_verdicts();
        slurm::Job job = portal.finished_job(47);
        job.requested = job.allocated = {16, {std::uint64_t{64} << 30U}, 1, {}};
        run = run_of(job, site, portal.clock.time);
        measures.cores = measures.cores_peak.emplace(15.5);
        measures.memory = measures.memory_rss = 50 * kGib;
        measures.nodes = {{"nc1", 15.5, 50 * kGib}};
    }

    void use_gpus(const std::vector<double>& percents) {
        run.job.allocated.gpus =
            run.job.requested.gpus = {static_cast<std::uint32_t>(percents.size()), "a100"};
        double sum = 0;
        for (const double percent : percents) {
            Card card;
            card.node = "nc1";
            card.number = std::to_string(measures.cards.size());
            card.cycles = {percent, 1};
            measures.cards.push_back(card);
            sum += percent / 100;
        }
        measures.gpus = run.job.allocated.gpus.count;
        measures.gpu_cycles = sum / static_cast<double>(percents.size());
        measures.gpu_memory = measures.gpu_memory_total = 40 * kGib;
    }

    [[nodiscard]] std::vector<std::string> lines(const std::vector<std::string>& script,
                                                 const std::string& submit = "",
                                                 std::uint32_t component = 0) const {
        const JobFacts facts{run, measures, site};
        const Values values = values_of(facts, {});
        const auto next = next_time_of(findings_of(values, "", site), values, facts,
                                       options_of(script, submit, component));
        std::vector<std::string> all;
        for (const views::NextLine& line : next.lines) {
            all.push_back(line.before + " > " + line.after);
        }
        return all;
    }
};

using Lines = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(next_time)

BOOST_AUTO_TEST_CASE(nothing_changes_for_a_job_that_used_what_it_had) {
    BOOST_TEST(Story().lines({"#SBATCH --mem=64G"}).empty());
}

BOOST_AUTO_TEST_CASE(memory_is_the_peak_and_a_margin_in_the_form_that_was_used) {
    Story story;
    story.measures.memory = story.measures.memory_rss = 3.1 * kGib;
    story.measures.nodes[0].memory = 3.1 * kGib;

    BOOST_TEST(story.lines({"#SBATCH --mem=64G"}) == Lines{"#SBATCH --mem=64G > #SBATCH --mem=4G"});
    BOOST_TEST(story.lines({"#SBATCH --mem-per-cpu=4096M"}) ==
               Lines{"#SBATCH --mem-per-cpu=4096M > #SBATCH --mem-per-cpu=300M"});
    BOOST_TEST(story.lines({"#!/bin/sh"}) == Lines{" > #SBATCH --mem=4G"});
    BOOST_TEST(story.lines({}, "sbatch --mem 64G a.sh") == Lines{"--mem=64G > --mem=4G"});
}

BOOST_AUTO_TEST_CASE(cores_are_never_below_the_observed_peak) {
    Story story;
    story.measures.cores = 1.0;
    story.measures.cores_peak = 6.2;

    BOOST_TEST(story.lines({"#SBATCH -c 16"}) == Lines{"#SBATCH -c 16 > #SBATCH -c 7"});
    BOOST_TEST(story.lines({"#SBATCH --ntasks=16"}) ==
               Lines{"#SBATCH --ntasks=16 > #SBATCH --ntasks=7"});
    BOOST_TEST(story.lines({"#SBATCH --ntasks=4", "#SBATCH -c 4"}) ==
               Lines{"#SBATCH -c 4 > #SBATCH -c 2"});
    BOOST_TEST(story.lines({"#!/bin/sh"}) == Lines{" > #SBATCH --cpus-per-task=7"});
}

BOOST_AUTO_TEST_CASE(options_count_what_slurm_counts_whatever_threads_a_core_has) {
    Story story;
    story.site.threads_per_core = 2;
    story.measures.cores = story.measures.cores_peak.emplace(6.2);
    BOOST_TEST(story.lines({"#!/bin/sh"}) == Lines{" > #SBATCH --cpus-per-task=7"});

    Story killed;
    killed.site.threads_per_core = 2;
    killed.run.job.state = JobState::OutOfMemory;
    BOOST_TEST(killed.lines({"#SBATCH --mem-per-cpu=4G"}) ==
               Lines{"#SBATCH --mem-per-cpu=4G > #SBATCH --mem-per-cpu=6G"});
}

BOOST_AUTO_TEST_CASE(what_slurm_gave_beyond_the_request_is_no_ground_for_less) {
    Story story;
    story.measures.cores = story.measures.cores_peak.emplace(4.0);
    story.measures.memory = story.measures.memory_rss = 5 * kGib;
    story.measures.nodes[0] = {"nc1", 4.0, 5 * kGib};
    const Lines none;

    // MaxMemPerCPU: four times the cores, a quarter of the memory of each
    BOOST_TEST(story.lines({"#SBATCH -c 4", "#SBATCH --mem-per-cpu=16G"}) == none);
    BOOST_TEST(story.lines({"#SBATCH --ntasks=16", "#SBATCH --exclusive"}) ==
               Lines{" > #SBATCH --mem=6G"});
    story.run.job.requested.cores = 8;
    BOOST_TEST(story.lines({"#!/bin/sh"}) == Lines{" > #SBATCH --mem=6G"});
}

BOOST_AUTO_TEST_CASE(memory_for_each_cpu_follows_the_cpus_that_slurm_gave) {
    // One of two hardware threads was requested, and both came, with the memory of each.
    Story story;
    story.run.job.requested.cores = 8;
    story.run.job.state = JobState::OutOfMemory;

    BOOST_TEST(story.lines({"#SBATCH -n 8", "#SBATCH --mem-per-cpu=4G"}) ==
               Lines{"#SBATCH --mem-per-cpu=4G > #SBATCH --mem-per-cpu=6G"});
}

BOOST_AUTO_TEST_CASE(cores_of_tasks_that_gpus_make_are_not_counted) {
    Story story;
    story.measures.cores = story.measures.cores_peak.emplace(5.0);

    BOOST_TEST(story.lines({"#SBATCH --gpus=4", "#SBATCH --gpus-per-task=1", "#SBATCH -c 4"}) ==
               Lines{"#SBATCH -c 4 > #SBATCH -c 2"});
    BOOST_TEST(story.lines({"#SBATCH --exclusive=user", "#SBATCH -c 16"}) ==
               Lines{"#SBATCH -c 16 > #SBATCH -c 6"});
}

BOOST_AUTO_TEST_CASE(a_component_of_a_heterogeneous_job_has_its_own_lines) {
    Story story;
    story.measures.memory = story.measures.memory_rss = 3.1 * kGib;
    story.measures.nodes[0].memory = 3.1 * kGib;
    const Lines script = {"#SBATCH --mem=64G", "#SBATCH hetjob", "#SBATCH --mem=200G"};

    BOOST_TEST(story.lines(script) == Lines{"#SBATCH --mem=64G > #SBATCH --mem=4G"});
    BOOST_TEST(story.lines(script, "", 1) == Lines{"#SBATCH --mem=200G > #SBATCH --mem=4G"});
    const std::string line = "sbatch --mem 64G : --mem 200G a.sh";
    BOOST_TEST(story.lines({}, line) == Lines{"--mem=64G > --mem=4G"});
    BOOST_TEST(story.lines({}, line, 1) == Lines{"--mem=200G > --mem=4G"});
}

BOOST_AUTO_TEST_CASE(fewer_cores_do_not_mean_less_memory_than_was_used) {
    Story story;
    story.measures.cores = story.measures.cores_peak.emplace(1.0);

    BOOST_TEST(story.lines({"#SBATCH -c 16", "#SBATCH --mem-per-cpu=4G"}) ==
               (Lines{"#SBATCH -c 16 > #SBATCH -c 2",
                      "#SBATCH --mem-per-cpu=4G > #SBATCH --mem-per-cpu=30G"}));
}

BOOST_AUTO_TEST_CASE(idle_nodes_go_with_their_tasks) {
    Story story;
    story.run.job.allocated.nodes = 4;
    story.run.job.nodes = {"a", "b", "c", "d"};
    story.measures.cores = 4.0;
    story.measures.nodes = {
        {"a", 4.0, 12.5 * kGib}, {"b", 0.0, kGib}, {"c", 0.01, kGib}, {"d", 0.0, kGib}};

    BOOST_TEST(story.lines({"#SBATCH --nodes=4", "#SBATCH --ntasks=16"}) ==
               (Lines{"#SBATCH --nodes=4 > #SBATCH --nodes=1",
                      "#SBATCH --ntasks=16 > #SBATCH --ntasks=4"}));
}

BOOST_AUTO_TEST_CASE(gpus_are_those_that_worked) {
    Story story;
    story.use_gpus({90, 0, 88, 0.2});

    BOOST_TEST(story.lines({"#SBATCH --gres=gpu:a100:4"}) ==
               Lines{"#SBATCH --gres=gpu:a100:4 > #SBATCH --gres=gpu:a100:2"});
    BOOST_TEST(story.lines({"#SBATCH -G 4"}) == Lines{"#SBATCH -G 4 > #SBATCH -G 2"});

    BOOST_TEST(story.lines({"#SBATCH --gres=gpu:a100:4,lscratch:200"}) ==
               Lines{"#SBATCH --gres=gpu:a100:4,lscratch:200 > "
                     "#SBATCH --gres=gpu:a100:2,lscratch:200"});
    BOOST_TEST(story.lines({"#SBATCH --gres=gpu:a100:2,gpu:v100:2"}).empty());

    Story idle;
    idle.use_gpus({0, 0});
    BOOST_TEST(idle.lines({"#SBATCH --gpus=2"}) == Lines{"#SBATCH --gpus=2 > "});
    BOOST_TEST(idle.lines({"#SBATCH --gres=lscratch:200,gpu:2"}) ==
               Lines{"#SBATCH --gres=lscratch:200,gpu:2 > #SBATCH --gres=lscratch:200"});
}

BOOST_AUTO_TEST_CASE(after_memory_or_time_ran_out_there_is_more_of_it) {
    Story story;
    story.run.job.state = JobState::OutOfMemory;
    BOOST_TEST(story.lines({"#SBATCH --mem=64G"}) ==
               Lines{"#SBATCH --mem=64G > #SBATCH --mem=96G"});

    story.run.job.state = JobState::Timeout;
    story.run.job.time_limit = Seconds{7200};
    BOOST_TEST(story.lines({"#SBATCH --time=2:00:00"}) ==
               Lines{"#SBATCH --time=2:00:00 > #SBATCH --time=3:00:00"});
}

BOOST_AUTO_TEST_CASE(a_part_of_a_run_is_no_ground_for_advice) {
    Story story;
    story.measures.cores = story.measures.cores_peak.emplace(1.0);
    story.measures.memory = kGib;
    story.measures.covered = 0.89;

    BOOST_TEST(story.lines({"#SBATCH -c 16", "#SBATCH --mem=64G"}).empty());
}

// Whatever was measured: what is proposed is at least that.
BOOST_AUTO_TEST_CASE(no_proposal_is_below_what_was_observed) {
    for (int step = 1; step < 64; ++step) {
        Story story;
        const double peak = 0.97 * step * kGib;
        story.measures.memory = story.measures.memory_rss = peak;
        story.measures.nodes[0].memory = peak;
        for (const std::string& line : story.lines({"#SBATCH --mem=64G"})) {
            const std::string proposed = line.substr(line.rfind('=') + 1);
            const double unit = proposed.back() == 'G' ? kGib : kGib / 1024;
            BOOST_TEST(std::stod(proposed) * unit >= peak, line);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
