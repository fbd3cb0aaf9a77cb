#include "handlers/jobstats/advice/script_scan.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace portal;
using namespace portal::jobstats;

namespace {

ScriptScan scan(const std::vector<std::string>& lines) {
    return scan_script(lines);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(script_scan)

BOOST_AUTO_TEST_CASE(finds_the_longest_sleep_and_its_line) {
    const ScriptScan found = scan({"sleep 5", "( sleep 1.5h; echo done ) &", "/bin/sleep 3"});

    BOOST_TEST(found.sleep.count() == 5400);
    BOOST_TEST(found.sleep_line == 2U);
}

BOOST_AUTO_TEST_CASE(comments_and_texts_are_no_commands) {
    const ScriptScan found = scan({"# sleep 9999", "echo a # conda activate x", "asleep 9999",
                                   "sleep \"$TIME\"", "grep conda activate.log"});

    BOOST_TEST(found.sleep_line == 0U);
    BOOST_TEST(found.conda_line == 0U);
    BOOST_TEST(!found.launches);
}

BOOST_AUTO_TEST_CASE(finds_conda_threads_and_launchers) {
    const ScriptScan found =
        scan({"export OMP_NUM_THREADS=8", "source ~/miniconda3/bin/activate base",
              "mamba activate other", "MKL_NUM_THREADS=64 /usr/bin/srun -n 4 ./a.out",
              "export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK"});

    BOOST_TEST(found.conda_line == 2U);
    BOOST_TEST(found.threads.value() == 64);
    BOOST_TEST(found.threads_line == 4U);
    BOOST_TEST(found.launches);
}

BOOST_AUTO_TEST_CASE(no_script_is_known_to_be_nothing) {
    BOOST_TEST(!scan({}).known);
    BOOST_TEST(scan({std::string(5 << 20, '(')}).known);
}

BOOST_AUTO_TEST_SUITE_END()
