#include "handlers/jobstats/job/notices.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "handlers/jobstats/graphs/job_graphs.h"
#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using namespace portal::jobstats;

constexpr double kGib = 1024.0 * 1024 * 1024;

/// A finished job of two GPUs that used all it had and was measured all the time: nothing to say.
struct Story {
    JobRun run;
    Measures measures;
    Site site;

    Story() {
        fakes::PortalFixture portal;
        site = portal.site;
        site.exporters.power.enabled = true;
        run = run_of(portal.finished_job(47), site, portal.clock.time);
        run.job.allocated.gpus = run.job.requested.gpus = {2, "a100"};
        run.job.time_limit = run.ran_since_start();
        measures.cores = static_cast<double>(run.cores());
        measures.memory = measures.memory_rss = memory_had(run.job);
        measures.gpu_cycles = 0.95;
        measures.gpu_memory = measures.gpu_memory_total = 80 * kGib;
        measures.kwh = 1.0;
        measures.energy_covered = 1;
    }

    [[nodiscard]] std::vector<views::Notice> notices() const {
        return notices_of({run, measures, site}, {});
    }
    [[nodiscard]] bool says(const std::string& text) const {
        const auto all = notices();
        return std::any_of(all.begin(), all.end(),
                           [&](const views::Notice& notice) { return notice.text.id == text; });
    }
};

/// Changes of the story: one that a rule must speak of, and the nearest one that it must not.
struct Case {
    std::string_view rule;
    void (*hit)(Story&);
    void (*miss)(Story&);
};

template <slurm::RowFault fault>
void contradict(Story& story) {
    story.run.job.fault = fault;
}
void do_nothing(Story& /*story*/) {}

const std::array kCases = {
    Case{"end lost", &contradict<slurm::RowFault::EndLost>, &do_nothing},
    Case{"start lost", &contradict<slurm::RowFault::StartLost>, &do_nothing},
    Case{"end before start", &contradict<slurm::RowFault::EndBeforeStart>, &do_nothing},
    Case{"ended yet going on", &contradict<slurm::RowFault::EndedYetGoingOn>, &do_nothing},
    Case{"suspended too long", &contradict<slurm::RowFault::SuspendedTooLong>, &do_nothing},
    Case{"suspended", [](Story& s) { s.run.job.suspended = Seconds{600}; }, &do_nothing},
    Case{"measurements away",
         [](Story& s) {
             s.measures.missing = SourceError{SourceId::Prometheus, Fault::Timeout, "3 s"};
         },
         [](Story&) {}},
    Case{"partly measured, by Slurm",
         [](Story& s) {
             s.measures.covered = 0.89;
             s.measures.cores_from_steps = true;
         },
         [](Story& s) { s.measures.covered = 0.89; }},
    Case{"partly measured", [](Story& s) { s.measures.gpu_covered = 0.89; },
         [](Story& s) { s.measures.gpu_covered = 0.9; }},
    Case{"not seen", [](Story& s) { s.measures.cores = s.measures.memory = NoData{}; },
         [](Story& s) { s.measures.cores = NoData{}; }},
    Case{"cores not counted", [](Story& s) { s.measures.cores = NoData{}; },
         [](Story& s) {
             s.measures.cores = NoData{};
             s.measures.memory_from_steps = true;
         }},
    Case{"impossible samples", [](Story& s) { s.measures.odd_samples = 3; },
         [](Story& s) { s.measures.odd_samples = 2; }},
    Case{"impossible counts of cores", [](Story& s) { s.measures.leapt = true; },
         [](Story& s) {
             s.measures.leapt = true;
             s.measures.cores_from_steps = true;
         }},
    Case{"GPUs that Slurm does not count",
         [](Story& s) {
             s.run.job.allocated.gpus = {};
             s.measures.gpus = 1;
         },
         [](Story& s) { s.measures.gpus = 2; }},
    Case{"GPUs of others", [](Story& s) { s.measures.gpus = s.run.job.allocated.gpus.count + 1; },
         [](Story& s) { s.measures.gpus = s.run.job.allocated.gpus.count; }},
    Case{"steps side by side", [](Story& s) { s.measures.memory_at_most = 8 * kGib; },
         [](Story& s) { s.measures.memory_from_steps = true; }},
    Case{"parts of cards", [](Story& s) { s.measures.parts_of_cards = true; },
         [](Story& s) {
             s.measures.parts_of_cards = true;
             s.site.exporters.power.enabled = false;
         }},
    Case{"power partly measured", [](Story& s) { s.measures.energy_covered = 0.89; },
         [](Story& s) {
             s.measures.energy_covered = 0.89;
             s.measures.kwh = NoData{};
         }},
    Case{"skeleton", [](Story& s) { s.run.job.skeleton = true; }, [](Story&) {}},
    Case{"nodes unreadable", [](Story& s) { s.run.job.nodes_unreadable = true; }, [](Story&) {}},
    Case{"short", [](Story& s) { s.run.coverage = Coverage::Short; },
         [](Story& s) { s.run.coverage = Coverage::PastRetention; }},
    Case{"past retention", [](Story& s) { s.run.coverage = Coverage::PastRetention; },
         [](Story& s) { s.run.coverage = Coverage::Short; }},
    Case{"kept",
         [](Story& s) {
             s.run.coverage = Coverage::PastRetention;
             s.measures.kept = true;
         },
         [](Story& s) { s.run.coverage = Coverage::PastRetention; }},
    Case{"not measured", [](Story& s) { s.run.coverage = Coverage::NotMeasured; },
         [](Story& s) { s.run.coverage = Coverage::NotStarted; }},
};

template <class Rules>
void check(const Rules& rules, const char* text_of_rule, std::string_view name,
           std::span<const Case> cases) {
    const auto is_of = [&](const Case& one) { return one.rule == name; };
    BOOST_TEST_REQUIRE(std::count_if(cases.begin(), cases.end(), is_of) == 1,
                       name << " has no case, or several, of " << rules.size() << " rules");
    const Case& test = *std::find_if(cases.begin(), cases.end(), is_of);
    Story hit;
    test.hit(hit);
    BOOST_TEST(hit.says(text_of_rule), name << " is not shown where it applies");
    Story miss;
    test.miss(miss);
    BOOST_TEST(!miss.says(text_of_rule), name << " is shown where it does not apply");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(notices)

BOOST_AUTO_TEST_CASE(nothing_is_said_of_a_job_that_used_what_it_had) {
    for (const views::Notice& notice : Story().notices()) BOOST_ERROR(notice.text.id);
}

BOOST_AUTO_TEST_CASE(each_rule_speaks_where_it_applies_and_nowhere_else) {
    for (const NoticeRule& rule : notice_rules()) {
        check(notice_rules(), rule.text, rule.name, kCases);
    }
}

BOOST_AUTO_TEST_CASE(links_lead_to_graphs_that_there_are) {
    for (const NoticeRule& rule : notice_rules()) {
        const std::string_view anchor = rule.anchor;
        BOOST_TEST((anchor.empty() || is_graph_anchor(anchor)), rule.name);
    }
    for (const JobMeasure& measure : job_measures()) {
        const std::string_view anchor = measure.anchor;
        BOOST_TEST((anchor.empty() || is_graph_anchor(anchor)), measure.key);
    }
}

BOOST_AUTO_TEST_CASE(the_heaviest_comes_first) {
    Story story;
    story.run.job.skeleton = true;
    story.run.job.nodes_unreadable = true;
    story.run.job.state = JobState::NodeFail;

    const auto notices = story.notices();

    BOOST_TEST_REQUIRE(notices.size() == 3U);
    BOOST_TEST((notices[0].weight == views::Notice::Weight::Error));
    BOOST_TEST((notices[1].weight == views::Notice::Weight::Warning));
    BOOST_TEST((notices[2].weight == views::Notice::Weight::Information));
}

BOOST_AUTO_TEST_CASE(table_and_tile_agree_on_a_job_that_ran_out_of_memory_or_time) {
    Story story;
    story.run.job.state = JobState::OutOfMemory;
    const JobFacts facts{story.run, story.measures, story.site};
    BOOST_TEST((share_of(job_measure("memory"), facts).grade == views::Grade::Poor));
    BOOST_TEST(word_of(job_measure("memory"), facts).id == "Not enough");

    story.run.job.state = JobState::Timeout;
    BOOST_TEST((share_of(job_measure("time"), facts).grade == views::Grade::Poor));
}

BOOST_AUTO_TEST_SUITE_END()
