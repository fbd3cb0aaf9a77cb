#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <vector>

#include "fcgi/programs/prolog/file_lock.h"
#include "fcgi/programs/prolog/spool.h"

namespace fs = std::filesystem;
using namespace portal;
using namespace portal::prolog;

namespace {

/// A state folder and a spool of their own.
struct Fixture {
    Fixture() : folder(make_folder()), state(folder + "/state") {
        settings.spool = folder + "/spool";
        settings.keep_free = 1;
        settings.largest = 1000;
    }
    ~Fixture() { fs::remove_all(folder); }

    static std::string make_folder() {
        std::string name = fs::temp_directory_path() / "portal-spool-XXXXXX";
        BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
        return name;
    }

    std::string job_folder(std::uint32_t id) const {
        return folder + "/state/hash." + std::to_string(id % 10) + "/job." + std::to_string(id);
    }

    void submit(std::uint32_t id, const std::string& bytes) const {
        fs::create_directories(job_folder(id));
        std::ofstream(job_folder(id) + "/script", std::ios::binary) << bytes;
    }

    std::string queued(const Spool& spool, std::size_t place) const {
        return spool.bytes(spool.queue().at(place)).value();
    }

    std::string folder;
    State state;
    Settings settings;
};

const std::string kNul(1, '\0');

}  // namespace

BOOST_FIXTURE_TEST_SUITE(prolog_spool, Fixture)

BOOST_AUTO_TEST_CASE(one_nul_is_taken_off_and_every_other_byte_kept) {
    const std::string script = "#!/bin/sh\r\n\xFF" + kNul + kNul;
    submit(7, script + kNul);
    const Spool spool(settings);

    BOOST_TEST((spool.take(JobId{7}, state) == Spool::Taken::Queued));

    BOOST_TEST_REQUIRE(spool.queue().size() == 1U);
    BOOST_TEST(spool.queue()[0].job.value == 7U);
    BOOST_TEST(queued(spool, 0) == script);
}

BOOST_AUTO_TEST_CASE(the_same_script_is_taken_once_by_whomever) {
    submit(7, "first" + kNul);
    const Spool spool(settings);
    spool.take(JobId{7}, state);
    const Spool other(settings);

    BOOST_TEST((other.take(JobId{7}, state) == Spool::Taken::Known));
    submit(7, "second one" + kNul);
    BOOST_TEST((other.take(JobId{7}, state) == Spool::Taken::Queued));

    BOOST_TEST(queued(other, 0) == "first");
    BOOST_TEST(queued(other, 1) == "second one");
}

BOOST_AUTO_TEST_CASE(a_script_that_many_take_at_once_is_queued_once) {
    for (std::uint32_t id = 1; id <= 20; ++id) submit(id, "script" + kNul);
    std::vector<pid_t> others;
    for (int i = 0; i < 8; ++i) {
        others.push_back(fork());
        if (others.back() != 0) continue;
        const Spool spool(settings);
        for (std::uint32_t id = 1; id <= 20; ++id) spool.take(JobId{id}, state);
        _exit(0);
    }
    for (const pid_t other : others) {
        int status = -1;
        BOOST_TEST(waitpid(other, &status, 0) == other);
        BOOST_TEST(status == 0);
    }

    const Spool spool(settings);
    for (std::uint32_t id = 1; id <= 20; ++id) spool.take(JobId{id}, state);
    BOOST_TEST(spool.queue().size() == 20U);
}

BOOST_AUTO_TEST_CASE(while_another_reads_for_long_the_script_stays_wanted) {
    submit(7, "x" + kNul);
    const Spool spool(settings);
    spool.want(JobId{7});
    const FileLock reading(settings.spool + "/reading");
    BOOST_REQUIRE(reading.take());

    BOOST_TEST((spool.take(JobId{7}, state) == Spool::Taken::Later));
    BOOST_TEST(spool.wanted().size() == 1U);
    reading.release();
    BOOST_TEST((spool.take(JobId{7}, state) == Spool::Taken::Queued));
}

BOOST_AUTO_TEST_CASE(what_has_no_script_is_wanted_no_longer) {
    const Spool spool(settings);
    spool.want(JobId{8});
    BOOST_TEST(spool.wanted().size() == 1U);

    BOOST_TEST((spool.take(JobId{8}, state) == Spool::Taken::Nothing));

    BOOST_TEST(spool.wanted().empty());
}

BOOST_AUTO_TEST_CASE(a_script_that_is_not_whole_stays_wanted) {
    submit(7, "half");
    const Spool spool(settings);
    spool.want(JobId{7});

    BOOST_TEST((spool.take(JobId{7}, state) == Spool::Taken::Later));
    BOOST_TEST(spool.wanted().size() == 1U);
    fs::last_write_time(job_folder(7) + "/script",
                        fs::file_time_type::clock::now() - std::chrono::minutes{1});
    BOOST_TEST((spool.take(JobId{7}, state) == Spool::Taken::Queued));
    BOOST_TEST(queued(spool, 0) == "half");
}

BOOST_AUTO_TEST_CASE(stubs_and_what_is_too_large_are_passed_over_for_good) {
    submit(7, "#!/bin/sh\nexit 0\n" + kNul);
    submit(8, std::string(1001, 'x') + kNul);
    submit(9, std::string(1000, 'x') + kNul);
    const Spool spool(settings);

    BOOST_TEST((spool.take(JobId{7}, state) == Spool::Taken::Nothing));
    BOOST_TEST((spool.take(JobId{8}, state) == Spool::Taken::Nothing));
    BOOST_TEST((spool.take(JobId{9}, state) == Spool::Taken::Queued));
    BOOST_TEST((spool.take(JobId{8}, state) == Spool::Taken::Known));
}

BOOST_AUTO_TEST_CASE(the_spool_is_bounded) {
    settings.most_spooled = 1500;
    submit(7, std::string(1000, 'x') + kNul);
    submit(8, std::string(1000, 'y') + kNul);
    const Spool spool(settings);
    spool.take(JobId{7}, state);
    spool.want(JobId{8});

    BOOST_TEST((spool.take(JobId{8}, state) == Spool::Taken::Later));
    spool.remove(spool.queue().at(0));
    BOOST_TEST((spool.take(JobId{8}, state) == Spool::Taken::Queued));
    BOOST_TEST(spool.wanted().empty());
}

BOOST_AUTO_TEST_CASE(links_are_not_followed) {
    fs::create_directories(job_folder(7));
    std::ofstream(folder + "/secret") << "secret";
    fs::create_symlink(folder + "/secret", job_folder(7) + "/script");
    const Spool spool(settings);

    BOOST_TEST((spool.take(JobId{7}, state) == Spool::Taken::Nothing));
    BOOST_TEST(spool.queue().empty());
}

BOOST_AUTO_TEST_CASE(old_entries_are_known_by_their_age) {
    submit(7, "x" + kNul);
    const Spool spool(settings);
    spool.take(JobId{7}, state);
    Spool::Entry entry = spool.queue().at(0);

    BOOST_TEST(!spool.too_old(entry));
    entry.time_us -= 8ULL * 86400 * 1000000;
    BOOST_TEST(spool.too_old(entry));
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_makes_nothing_old) {
    submit(7, "x" + kNul);
    const Spool spool(settings);
    spool.take(JobId{7}, state);
    // Another boot, which happened when the spool's clock was a year behind the time of day.
    const std::uint64_t then = spool.queue().at(0).time_us - 365ULL * 86400 * 1000000;
    const std::string clock = settings.spool + "/clock";
    fs::remove(clock);
    fs::create_symlink("another-boot.5000000." + std::to_string(then), clock);
    submit(8, "y" + kNul);
    spool.take(JobId{8}, state);

    const auto entries = spool.queue();
    BOOST_TEST_REQUIRE(entries.size() == 2U);
    BOOST_TEST(entries[0].job.value == 8U);
    BOOST_TEST(entries[0].time_us - then < 60ULL * 1000000);
    BOOST_TEST(!spool.too_old(entries[0]));
    BOOST_TEST(!spool.too_old(entries[1]));
}

BOOST_AUTO_TEST_CASE(what_slurm_has_forgotten_is_forgotten) {
    submit(7, "x" + kNul);
    submit(8, "y" + kNul);
    const Spool spool(settings);
    spool.take(JobId{7}, state);
    spool.take(JobId{8}, state);
    std::ofstream(folder + "/spool/new/left") << "half written";
    fs::remove_all(job_folder(8));
    spool.forget_old(state);
    BOOST_TEST(fs::is_symlink(folder + "/spool/seen/8"));

    const timespec long_ago[2] = {{0, UTIME_OMIT}, {std::time(nullptr) - 7200, 0}};
    for (const char* name : {"seen/7", "seen/8", "new/left", "forgotten"}) {
        const std::string path = folder + "/spool/" + name;
        BOOST_REQUIRE(utimensat(AT_FDCWD, path.c_str(), long_ago, AT_SYMLINK_NOFOLLOW) == 0);
    }
    spool.forget_old(state);

    BOOST_TEST(fs::is_symlink(folder + "/spool/seen/7"));
    BOOST_TEST(!fs::is_symlink(folder + "/spool/seen/8"));
    BOOST_TEST(!fs::exists(folder + "/spool/new/left"));
    BOOST_TEST(spool.queue().size() == 2U);
}

BOOST_AUTO_TEST_CASE(only_folders_of_jobs_are_jobs) {
    submit(7, "x");
    submit(17, "x");
    fs::create_directories(folder + "/state/hash.3/job.x");
    fs::create_directories(folder + "/state/hash.3/job.-3");
    fs::create_directories(folder + "/state/hash.3/other.3");

    BOOST_TEST(state.jobs().size() == 2U);
    BOOST_TEST(!job_of_folder("job.").has_value());
    BOOST_TEST(!job_of_folder("job.0").has_value());
    BOOST_TEST(!job_of_folder("job.4294967296").has_value());
    BOOST_TEST(job_of_folder("job.4294967295")->value == 4294967295U);
}

BOOST_AUTO_TEST_SUITE_END()
