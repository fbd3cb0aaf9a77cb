#include "handlers/jobs/dependency.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace portal;
using Until = Dependency::Until;

}  // namespace

BOOST_AUTO_TEST_SUITE(dependency)

BOOST_AUTO_TEST_CASE(a_submit_line_names_jobs_in_each_way_that_sbatch_takes) {
    const std::vector<Dependency> one = {{Until::Completed, {4711}, {}}};
    for (const char* line :
         {"sbatch --dependency=afterok:4711 a.sh", "sbatch --dependency afterok:4711 a.sh",
          "sbatch -d afterok:4711 a.sh", "sbatch -dafterok:4711 a.sh",
          "sbatch --depend=afterok:4711 a.sh", "sbatch --dep afterok:4711 a.sh",
          "sbatch --time=5 --dependency=singleton,afterok:4711 a.sh"}) {
        BOOST_TEST((dependencies_in(line) == one), line);
    }
    const std::vector<Dependency> several = {{Until::Started, {1}, {}},
                                             {Until::Over, {2}, {}},
                                             {Until::Over, {3}, 7},
                                             {Until::Failed, {4}, {}},
                                             {Until::Completed, {5}, {}}};
    BOOST_TEST((dependencies_in("sbatch -d after:1+5,afterany:2:3_7?afternotok:4,aftercorr:5") ==
                several));
    BOOST_TEST((dependencies_in("sbatch --dependency=12:13 x").size() == 2U));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_left_out) {
    for (const char* line :
         {"", "sbatch a.sh", "sbatch --dependency=", "sbatch --dependency", "sbatch -d",
          "sbatch --dependency-x=1", "sbatch -d afterok:0", "sbatch -d afterok:x:-1",
          "sbatch -d afterok:4294967295", "sbatch -d afterok:1_x", "sbatch --de=afterok:1",
          "sbatch --deadline=1", "sbatch --delay-boot=5 -D /x a.sh"}) {
        BOOST_TEST(dependencies_in(line).empty(), line);
    }
    std::string long_line = "sbatch -d afterok";
    for (int id = 1; id < 5000; ++id) long_line += ":" + std::to_string(id);
    BOOST_TEST(dependencies_in(long_line).size() == 50U);
}

BOOST_AUTO_TEST_CASE(a_dependency_is_met_by_what_became_of_the_job) {
    const auto met = [](Until until, JobState state, bool started) {
        return is_met({until, {1}, {}}, state, started);
    };
    BOOST_TEST(met(Until::Started, JobState::Running, true));
    BOOST_TEST(!met(Until::Started, JobState::Pending, false));
    BOOST_TEST(!met(Until::Over, JobState::Running, true));
    BOOST_TEST(met(Until::Over, JobState::Failed, true));
    BOOST_TEST(met(Until::Completed, JobState::Completed, true));
    BOOST_TEST(!met(Until::Completed, JobState::Timeout, true));
    BOOST_TEST(met(Until::Failed, JobState::Timeout, true));
    BOOST_TEST(!met(Until::Failed, JobState::Completed, true));
    BOOST_TEST(!met(Until::Failed, JobState::Running, true));
}

BOOST_AUTO_TEST_SUITE_END()
