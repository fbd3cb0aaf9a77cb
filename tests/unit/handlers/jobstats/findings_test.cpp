#include "handlers/jobstats/advice/findings.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace portal;
using namespace portal::jobstats;

namespace {

constexpr double kGib = kGibibyte;
constexpr double kHour = kSecondsPerHour;

Site site_with_rules() {
    Site site;
    site.rules = shipped_rules();
    site.verdicts = usual_verdicts();
    site.cost.cpu_core_hour = 0.04;
    site.cost.gpu_hour = 1;
    return site;
}

/// A job of two nodes and four GPUs that used well what it had for three hours.
Values good_job() {
    Values v;
    v[Input::Completed] = 1;
    v[Input::RunTime] = 3 * kHour;
    v[Input::TimeLimit] = 4 * kHour;
    v[Input::TimeShare] = 0.75;
    v[Input::TimeGrade] = kGoodGrade;
    v[Input::Nodes] = 2;
    v[Input::IdleNodes] = 0;
    v[Input::BusyNodes] = 2;
    v[Input::Cores] = 32;
    v[Input::CoresUsed] = 30;
    v[Input::CoresIdle] = 2;
    v[Input::CoresShare] = 0.94;
    v[Input::CoresGrade] = kGoodGrade;
    v[Input::Threads] = 32;
    v[Input::Memory] = 64 * kGib;
    v[Input::MemoryPeak] = v[Input::MemoryRss] = 40 * kGib;
    v[Input::MemoryShare] = 0.63;
    v[Input::MemoryGrade] = kGoodGrade;
    v[Input::Gpus] = 4;
    v[Input::GpusIdle] = 0;
    v[Input::GpuShare] = v[Input::GpuBusiest] = 0.9;
    v[Input::GpuGrade] = kGoodGrade;
    v[Input::GpuPowerShare] = 0.8;
    v[Input::GpuMemory] = 160 * kGib;
    v[Input::GpuMemoryPeak] = 100 * kGib;
    v[Input::GpuMemoryShare] = 0.63;
    v[Input::GpuMemoryGrade] = kGoodGrade;
    v[Input::FileOperations] = 3;
    v[Input::FilesOpened] = 1;
    v[Input::FilesDeleted] = 0.1;
    v[Input::FileRequests] = 40;
    v[Input::RequestSize] = kGib / 1024;
    return v;
}

void no_memory(Values& v) {
    v[Input::Completed] = {};
    v[Input::OutOfMemory] = 1;
    v[Input::MemoryGrade] = kPoorGrade;
    v[Input::MemoryShare] = 1;
    v[Input::MemoryPeak] = v[Input::MemoryRss] = 64 * kGib;
}
void idle_cores(Values& v) {
    v[Input::CoresUsed] = 1;
    v[Input::CoresIdle] = 31;
    v[Input::CoresGrade] = kPoorGrade;
}
void idle_gpus(Values& v, double share) {
    v[Input::GpuShare] = v[Input::GpuBusiest] = share;
    v[Input::GpuGrade] = kPoorGrade;
}

/// A change of the good job in which a rule holds, and the nearest one in which it does not.
struct Case {
    std::string_view rule;
    void (*hit)(Values&);
    void (*miss)(Values&);
};

const std::array kCases = {
    Case{"out-of-memory", &no_memory, [](Values& v) { v[Input::MemoryShare] = 1; }},
    Case{"memory-rising",
         [](Values& v) {
             no_memory(v);
             v[Input::MemoryRise] = kGib;
         },
         [](Values& v) {
             no_memory(v);
             v[Input::MemoryRise] = 0.01 * kGib;
         }},
    Case{"memory-filling",
         [](Values& v) {
             v[Input::Completed] = {};
             v[Input::Running] = 1;
             v[Input::MemoryFullIn] = 3600;
         },
         [](Values& v) { v[Input::Running] = 1; }},
    Case{"timed-out",
         [](Values& v) {
             v[Input::Completed] = {};
             v[Input::TimedOut] = 1;
         },
         [](Values& v) { v[Input::TimeShare] = 1; }},
    Case{"nodes-idle",
         [](Values& v) {
             idle_cores(v);
             v[Input::IdleNodes] = v[Input::BusyNodes] = 1;
         },
         [](Values& v) { v[Input::IdleNodes] = 0; }},
    Case{"script-unlaunched",
         [](Values& v) {
             idle_cores(v);
             v[Input::ScriptUnlaunched] = 1;
         },
         [](Values& v) { v[Input::ScriptUnlaunched] = 1; }},
    Case{"cores-idle", &idle_cores,
         [](Values& v) {
             idle_cores(v);
             v[Input::RunTime] = 599;
         }},
    Case{"threads-many", [](Values& v) { v[Input::Threads] = 49; },
         [](Values& v) { v[Input::Threads] = 48; }},
    Case{"script-threads",
         [](Values& v) {
             v[Input::ScriptThreads] = 33;
             v[Input::ScriptThreadsLine] = 7;
         },
         [](Values& v) { v[Input::ScriptThreads] = 32; }},
    Case{"memory-unused",
         [](Values& v) {
             v[Input::MemoryGrade] = kPoorGrade;
             v[Input::MemoryPeak] = v[Input::MemoryRss] = kGib;
         },
         [](Values& v) { v[Input::MemoryGrade] = kFairGrade; }},
    Case{"memory-cache",
         [](Values& v) {
             v[Input::MemoryShare] = 0.98;
             v[Input::MemoryPeak] = 63 * kGib;
             v[Input::MemoryRss] = 30 * kGib;
         },
         [](Values& v) {
             v[Input::MemoryShare] = 0.96;
             v[Input::MemoryRss] = 10 * kGib;
         }},
    Case{"memory-tight",
         [](Values& v) {
             v[Input::MemoryShare] = 0.99;
             v[Input::MemoryPeak] = v[Input::MemoryRss] = 63.5 * kGib;
         },
         [](Values& v) {
             v[Input::MemoryShare] = 0.97;
             v[Input::MemoryRss] = 62 * kGib;
         }},
    Case{"time-unused", [](Values& v) { v[Input::TimeGrade] = kPoorGrade; },
         [](Values& v) {
             v[Input::TimeGrade] = kPoorGrade;
             v[Input::TimeLimit] = 0.9 * kHour;
         }},
    Case{"gpus-unused", [](Values& v) { idle_gpus(v, 0.001); },
         [](Values& v) { idle_gpus(v, 0.02); }},
    Case{"gpus-idle",
         [](Values& v) {
             v[Input::GpusIdle] = 1;
             v[Input::GpuShare] = 0.7;
         },
         [](Values& v) {
             v[Input::GpusIdle] = 1;
             v[Input::GpuBusiest] = 0.04;
         }},
    Case{"gpus-quiet",
         [](Values& v) {
             v[Input::Completed] = {};
             v[Input::Running] = 1;
             v[Input::GpusQuiet] = 1500;
         },
         [](Values& v) {
             v[Input::Running] = 1;
             v[Input::GpusQuiet] = 1499;
         }},
    Case{"gpus-low", [](Values& v) { idle_gpus(v, 0.15); },
         [](Values& v) { v[Input::GpuGrade] = kFairGrade; }},
    Case{"gpus-low-dcgm",
         [](Values& v) {
             idle_gpus(v, 0.05);
             v[Input::ByDcgm] = 1;
         },
         [](Values& v) { idle_gpus(v, 0.05); }},
    Case{"gpus-waiting", [](Values& v) { v[Input::GpuPowerShare] = 0.2; },
         [](Values& v) {
             v[Input::GpuPowerShare] = 0.2;
             v[Input::GpuShare] = 0.7;
         }},
    Case{"gpu-memory-unused", [](Values& v) { v[Input::GpuMemoryGrade] = kPoorGrade; },
         [](Values& v) { v[Input::GpuMemoryGrade] = kFairGrade; }},
    Case{"file-operations", [](Values& v) { v[Input::FileOperations] = 1001; },
         [](Values& v) { v[Input::FileOperations] = 999; }},
    Case{"temporary-files",
         [](Values& v) {
             v[Input::FilesOpened] = 6;
             v[Input::FilesDeleted] = 5.5;
         },
         // Who deletes a folder of earlier files opens few.
         [](Values& v) { v[Input::FilesDeleted] = 50; }},
    Case{"tiny-reads",
         [](Values& v) {
             v[Input::FileRequests] = 201;
             v[Input::RequestSize] = 4096;
         },
         [](Values& v) { v[Input::FileRequests] = 2000; }},
    Case{"array-of-short-jobs",
         [](Values& v) {
             v[Input::ArrayTasks] = 50;
             v[Input::RunTime] = 299;
         },
         [](Values& v) { v[Input::ArrayTasks] = 50; }},
    Case{"script-sleep",
         [](Values& v) {
             v[Input::ScriptSleep] = 600;
             v[Input::ScriptSleepLine] = 4;
         },
         [](Values& v) { v[Input::ScriptSleep] = 599; }},
    Case{"script-conda", [](Values& v) { v[Input::ScriptCondaLine] = 3; },
         [](Values& v) { v[Input::ScriptCondaLine] = {}; }},
};

std::set<std::string> names_of(const Values& values, const Site& site) {
    std::set<std::string> names;
    for (const Finding& one : findings_of(values, "", site)) names.insert(one.rule->name);
    return names;
}

Values changed(void (*change)(Values&)) {
    Values values = good_job();
    change(values);
    return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(findings)

BOOST_AUTO_TEST_CASE(nothing_is_advised_to_a_job_that_used_what_it_had) {
    for (const std::string& name : names_of(good_job(), site_with_rules())) BOOST_ERROR(name);
}

BOOST_AUTO_TEST_CASE(nothing_is_advised_where_nothing_is_known) {
    BOOST_TEST(names_of({}, site_with_rules()).empty());
}

BOOST_AUTO_TEST_CASE(each_shipped_rule_holds_where_it_should_and_nowhere_else) {
    const Site site = site_with_rules();
    for (const Rule& rule : site.rules) {
        const auto found = std::find_if(kCases.begin(), kCases.end(),
                                        [&](const Case& one) { return one.rule == rule.name; });
        BOOST_TEST_REQUIRE((found != kCases.end()), rule.name << " has no case");
        BOOST_TEST(names_of(changed(found->hit), site).contains(rule.name),
                   rule.name << " is silent where it should hold");
        BOOST_TEST(!names_of(changed(found->miss), site).contains(rule.name),
                   rule.name << " holds where it should be silent");
    }
    BOOST_TEST(kCases.size() == site.rules.size());
}

// Two troubles at once: of what the box "Next time" changes, one rule speaks, and of cores none
// beside GPUs that did nothing.
BOOST_AUTO_TEST_CASE(no_two_rules_that_hold_contradict_each_other) {
    const Site site = site_with_rules();
    for (const Case& one : kCases) {
        for (const Case& other : kCases) {
            Values values = good_job();
            one.hit(values);
            other.hit(values);
            std::map<Advice, int> advised;
            for (const Finding& finding : findings_of(values, "", site)) {
                ++advised[finding.rule->advice];
            }
            advised.erase(Advice::None);
            for (const auto& [advice, times] : advised) {
                BOOST_TEST(times == 1, one.rule << " and " << other.rule);
            }
            const bool more = advised.contains(Advice::MoreMemory);
            BOOST_TEST(!(more && advised.contains(Advice::Memory)), one.rule << other.rule);
            const bool longer = advised.contains(Advice::MoreTime);
            BOOST_TEST(!(longer && advised.contains(Advice::Time)), one.rule << other.rule);
        }
    }
}

BOOST_AUTO_TEST_CASE(idle_gpus_are_neither_told_of_batches_nor_of_cores) {
    Values values = good_job();
    idle_gpus(values, 0);
    idle_cores(values);
    values[Input::GpuMemoryGrade] = kPoorGrade;

    BOOST_TEST(names_of(values, site_with_rules()) == std::set<std::string>{"gpus-unused"});
}

BOOST_AUTO_TEST_CASE(of_file_systems_one_thing_is_said_where_everything_is_too_much) {
    Values values = good_job();
    values[Input::FileOperations] = 2000;
    values[Input::FilesOpened] = values[Input::FilesDeleted] = 500;
    values[Input::FileRequests] = 900;
    values[Input::RequestSize] = 512;

    BOOST_TEST(names_of(values, site_with_rules()) == std::set<std::string>{"file-operations"});
}

BOOST_AUTO_TEST_CASE(the_dearest_comes_first_whatever_its_share) {
    Values values = good_job();
    idle_cores(values);
    values[Input::GpusIdle] = 2;
    values[Input::GpuShare] = 0.5;

    const Site site = site_with_rules();
    const auto found = findings_of(values, "", site);

    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].rule->name == "gpus-idle");
    BOOST_TEST(found[0].lost->amount == 6, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(found[1].lost->amount == 93.0);
    BOOST_TEST(found[1].lost->money.value() == 93 * 0.04, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_site_has_its_own_words_and_they_replace_the_advice) {
    Site site = site_with_rules();
    site.verdicts["cores"].poor_text.texts = {"Use what you book.", "Utilisez vos réservations."};
    const Values values = changed(&idle_cores);
    const auto found = findings_of(values, "", site);

    const views::Notice notice = notice_of(found.front(), values, site, Language::French);

    BOOST_TEST(notice.text.id == "Utilisez vos réservations.");
    BOOST_TEST(notice.title.id == "{0} de ses {1} cœurs étaient inoccupés.");
    BOOST_TEST(notice.title.arguments.at(1).number == 32);
}

BOOST_AUTO_TEST_CASE(a_partition_has_limits_of_its_own) {
    Site site = site_with_rules();
    Rule variant = *std::find_if(site.rules.begin(), site.rules.end(),
                                 [](const Rule& one) { return one.name == "cores-idle"; });
    variant.partition = "interactive";
    variant.enabled = false;
    site.rules.push_back(variant);
    const Values values = changed(&idle_cores);

    BOOST_TEST(findings_of(values, "interactive", site).empty());
    BOOST_TEST(findings_of(values, "other", site).size() == 1U);
}

BOOST_AUTO_TEST_CASE(texts_of_all_rules_read_as_sentences_in_each_language) {
    const Values values = good_job();
    for (const Rule& rule : shipped_rules()) {
        for (const LocalText* text : {&rule.title, &rule.text}) {
            for (const std::string& one : text->texts) {
                const views::Sentence said = sentence_of(one, values);
                BOOST_TEST((one.ends_with('.') || one.ends_with(')')), one);
                BOOST_TEST(std::count(one.begin(), one.end(), '{') ==
                           static_cast<std::ptrdiff_t>(said.arguments.size()));
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
