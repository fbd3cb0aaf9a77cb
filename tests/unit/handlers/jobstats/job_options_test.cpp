#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "handlers/jobstats/advice/options.h"

using namespace portal::jobstats;

BOOST_AUTO_TEST_SUITE(job_options)

BOOST_AUTO_TEST_CASE(reads_directives_as_sbatch_does) {
    const std::vector<std::string> script = {"#!/bin/bash",
                                             "#SBATCH --mem=16G  # enough",
                                             "#SBATCH -c 4 -n8",
                                             "#SBATCH --time 3:00:00",
                                             "",
                                             "# a remark",
                                             "#SBATCH --gres=gpu:a100:2",
                                             "##SBATCH --nodes=9",
                                             "module load gcc",
                                             "#SBATCH --mem=1G"};

    const Options found = options_of(script, "");

    BOOST_TEST(found.known);
    BOOST_TEST(found.memory->value == "16G");
    BOOST_TEST(found.cpus_per_task->value == "4");
    BOOST_TEST(found.tasks->value == "8");
    BOOST_TEST(found.time->value == "3:00:00");
    BOOST_TEST(found.gres->value == "gpu:a100:2");
    BOOST_TEST(!found.nodes);
}

BOOST_AUTO_TEST_CASE(the_command_line_wins_up_to_the_script) {
    const std::vector<std::string> script = {"#SBATCH --mem=16G", "#SBATCH -N 4"};

    const Options found =
        options_of(script, "sbatch --exclusive -p 'a b' --mem 8G --parsable job.sh --nodes=2");

    BOOST_TEST(found.memory->value == "8G");
    BOOST_TEST((found.memory->place == Option::Place::CommandLine));
    BOOST_TEST(found.nodes->value == "4");
}

BOOST_AUTO_TEST_CASE(is_written_as_it_was) {
    const std::vector<std::string> script = {"#SBATCH -c 4", "#SBATCH --mem=16G"};
    const Options found = options_of(script, "sbatch -t 60 job.sh");

    BOOST_TEST(found.cpus_per_task->with("2") == "#SBATCH -c 2");
    BOOST_TEST(found.memory->with("9G") == "#SBATCH --mem=9G");
    BOOST_TEST(found.time->with("30") == "-t 30");
}

BOOST_AUTO_TEST_CASE(the_output_is_where_sbatch_puts_it) {
    portal::slurm::Job job;
    job.id = {4711};
    job.name = "train";
    BOOST_TEST(output_path({}, job, "alice").empty());

    job.work_dir = "/home/alice/run";
    BOOST_TEST(output_path({}, job, "alice") == "/home/alice/run/slurm-4711.out");
    const std::vector<std::string> script = {"#SBATCH -o logs/%x-%j-%N-100%%.txt"};
    BOOST_TEST(output_path(options_of(script, ""), job, "alice") ==
               "/home/alice/run/logs/train-4711-%N-100%.txt");
    BOOST_TEST(output_path(options_of({}, "sbatch -o /tmp/%u_%A.out a.sh"), job, "alice") ==
               "/tmp/alice_4711.out");

    job.array = portal::JobId{4700};
    job.array_task = 3;
    BOOST_TEST(output_path({}, job, "alice") == "/home/alice/run/slurm-4700_3.out");
}

BOOST_AUTO_TEST_CASE(nothing_is_read_into_nonsense) {
    for (const std::string line : {"#SBATCH", "#SBATCH --mem", "#SBATCH -", "#SBATCH '--mem=3",
                                   "#SBATCH --", "#SBATCH = 3", "#SBATCH --mem="}) {
        const std::vector<std::string> script = {line};
        const Options found = options_of(script, line);
        BOOST_TEST(!(found.memory && found.memory->value.empty()), line);
        BOOST_TEST(!found.nodes, line);
    }
    BOOST_TEST(!options_of({}, "").known);
}

BOOST_AUTO_TEST_SUITE_END()
