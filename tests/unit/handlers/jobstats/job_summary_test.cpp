#include <boost/test/unit_test.hpp>
#include <map>
#include <string>

#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/make.h"
#include "handlers/jobstats/summary/parts.h"
#include "handlers/jobstats/summary/rules_version.h"
#include "handlers/jobstats/summary/summarize.h"
#include "handlers/jobstats/summary/tasks.h"
#include "handlers/sources/own/summaries/summary_columns.h"
#include "sql/portal_queries.h"
#include "tests/fakes/job_page_fixture.h"

namespace {

using namespace portal;
using namespace portal::jobstats;
using database::Summary;

constexpr double kHours = 2 * 3600;

struct SummaryFixture : fakes::JobPageFixture {
    SummaryFixture() {
        site.scripts.enabled = true;
        portal_db.kept.tasks = &portal_db.progress;
        site.cost.electricity_per_kwh.reset();
        slurm.jobs[0].account = "def-smith";
        slurm.jobs[0].association_user = "CLUSTER\\Alice";
    }

    Context context{site,    clock,   slurm,     metrics, directory, storage,
                    answers, settled, portal_db, views,   watched};
    CurrentRequest request;

    Summary made() {
        const auto summary = make_summary(slurm.jobs[0], context);
        BOOST_TEST_REQUIRE(summary.ok());
        return summary.value();
    }

    database::Lease lease() { return *portal_db.progress.take("background", "test").value(); }

    std::unique_ptr<background::Task> task(std::string_view name) {
        for (auto& one : summary_tasks(context, request)) {
            if (one->name() == name) return std::move(one);
        }
        throw std::runtime_error("no such task");
    }

    /// A job that ended so long ago.
    slurm::Job& add(std::uint32_t id, Seconds ago) {
        slurm::Job job = finished_job(id);
        job.ended = clock.time - ago;
        job.started = *job.ended - Seconds{7200};
        slurm.jobs.push_back(job);
        return slurm.jobs.back();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(job_summary, SummaryFixture)

BOOST_AUTO_TEST_CASE(columns_are_those_of_the_statement_in_its_order) {
    std::string text(queries::own::kSummaryWrite.text);
    const auto from = text.find('(') + 1;
    std::string list;
    for (const char c : text.substr(from, text.find(')') - from)) {
        if (c == '`' || c == '\n') continue;
        if (c == ' ' && (list.empty() || list.back() == ' ')) continue;
        list += c;
    }

    std::string columns = database::summary_columns();
    std::erase(columns, '`');
    BOOST_TEST(list == columns);
    BOOST_TEST(database::summary_columns("parts").find(", null as `parts`") != std::string::npos);
    BOOST_TEST(database::values_of(Summary{}).size() ==
               static_cast<std::size_t>(std::count(list.begin(), list.end(), ',')) + 1);
}

BOOST_AUTO_TEST_CASE(a_job_is_kept_as_its_page_shows_it) {
    measured(2 * kHours, 6e9);

    const Summary summary = made();

    BOOST_TEST(summary.login == "alice");
    BOOST_TEST(summary.account == "def-smith");
    BOOST_TEST(summary.stem == "train sh");
    BOOST_TEST(summary.wait_s.value() == 3600);
    BOOST_TEST(summary.run_s.value() == kHours);
    BOOST_TEST(summary.cores.value() == 4);
    BOOST_TEST(summary.cores_used.value() == 2);
    BOOST_TEST(summary.memory_peak.value() == 6e9);
    BOOST_TEST(summary.wasted_core_s.value() == 2 * kHours);
    BOOST_TEST(summary.wasted_cost.value() == 4 * 0.003);
    BOOST_TEST(summary.wasted_memory_s.value() == (0x4p32 - 6e9) * kHours);
    BOOST_TEST(summary.has(Summary::CoresSampled));
    BOOST_TEST(!summary.gpus.has_value());
    BOOST_TEST(!summary.wasted_gpu_s.has_value());
    BOOST_TEST(summary.rules_version == rules_version(site));
}

BOOST_AUTO_TEST_CASE(of_a_run_that_was_hardly_seen_no_waste_is_known) {
    measured_on({{0, kHours / 2}});

    const Summary summary = made();

    BOOST_TEST(summary.cores_used.has_value());
    BOOST_TEST(!summary.wasted_core_s.has_value());
    BOOST_TEST(!summary.wasted_memory_s.has_value());
    BOOST_TEST(!summary.wasted_cost.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_no_zero) {
    slurm.jobs[0].ended = *slurm.jobs[0].started - Seconds{60};
    slurm.jobs[0].fault = slurm::RowFault::EndBeforeStart;

    const Summary odd = made();

    BOOST_TEST(!odd.run_s.has_value());
    BOOST_TEST(!odd.cores_used.has_value());
    BOOST_TEST(!odd.wasted_core_s.has_value());
    BOOST_TEST(!odd.grade_cores.has_value());

    slurm.jobs[0] = finished_job(47);
    slurm.jobs[0].started.reset();
    slurm.jobs[0].state = JobState::Cancelled;
    const Summary waited = made();
    BOOST_TEST(waited.wait_s.value() == 3 * 3600);
    BOOST_TEST(!waited.run_s.has_value());
    BOOST_TEST(!waited.cores.has_value());
    BOOST_TEST(waited.cores_requested.value() == 4);
}

BOOST_AUTO_TEST_CASE(the_spread_of_nodes_and_gpus_is_kept) {
    slurm.jobs[0].nodes = {"nc1", "nc2"};
    slurm.jobs[0].allocated.nodes = 2;
    slurm.jobs[0].allocated.gpus = {2, "a100"};
    measured_on({{0, kHours}, {0, kHours}});
    at_end.series[1].values[0] = 5e9;
    measured_gpus({{90, 30e9, 40e9, 3e5}, {0, 1e9, 40e9, 1e5}});

    const Summary summary = made();

    BOOST_TEST(summary.gpus.value() == 2);
    BOOST_TEST(summary.gpu_least.value() == 0);
    BOOST_TEST(summary.gpu_most.value() == 0.9);
    BOOST_TEST(summary.gpu_used.value() == 0.45);
    BOOST_TEST(summary.wasted_gpu_s.value() == 2 * 0.55 * kHours,
               boost::test_tools::tolerance(1e-9));
    BOOST_TEST(summary.node_cores_least.value() == 2);
    BOOST_TEST(summary.rules.find("gpu") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nodes_and_cards_come_back_as_they_were) {
    Measures measures;
    measures.nodes = {{"nc1", 3.25, 1e9}, {"a b\tc", std::nullopt, 7.0}};
    Card whole;
    whole.node = "ng1";
    whole.number = "0";
    whole.type = "A100";
    whole.cycles = {90, 2};
    whole.memory = 1e9;
    whole.total = 4e10;
    Card part;
    part.node = "ng1";
    part.number = "MIG-1";
    part.part = true;
    measures.cards = {whole, part};
    measures.files.opened = 12.5;
    measures.files.requests = 300;

    Measures back;
    read_parts(parts_text(measures).value(), back);

    BOOST_TEST_REQUIRE(back.nodes.size() == 2U);
    BOOST_TEST(back.nodes[0].cores.value() == 3.25);
    BOOST_TEST(back.nodes[1].name == "a b c");
    BOOST_TEST(!back.nodes[1].cores.has_value());
    BOOST_TEST_REQUIRE(back.cards.size() == 2U);
    BOOST_TEST(back.cards[0].cycles.mean().value() == 45);
    BOOST_TEST(back.cards[1].part);
    BOOST_TEST(!back.cards[1].cycles.mean().has_value());
    BOOST_TEST(back.gpu_types.size() == 2U);
    BOOST_TEST(back.files.opened.value() == 12.5);
    BOOST_TEST(!back.files.deleted.has_value());
    BOOST_TEST(back.files.requests.value() == 300);
    for (const char* odd : {"", "n", "x\t1\t2\t3\n", "n\tq", "\n\n", "g\t\t\t\t\t\t\t\n"}) {
        Measures none;
        read_parts(odd, none);
        BOOST_TEST(none.nodes.empty(), odd);
    }
}

BOOST_AUTO_TEST_CASE(runs_of_one_kind_have_one_stem) {
    BOOST_TEST(stem_of("train_v2-lr0.01") == "train v lr");
    BOOST_TEST(stem_of("Train_17") == stem_of("train_4711"));
    BOOST_TEST(stem_of("4711") == "");
    BOOST_TEST(stem_of("é œ 3") == "é œ");
}

BOOST_AUTO_TEST_CASE(the_version_of_the_rules_changes_with_what_they_judge_by) {
    const std::string before = rules_version(site);
    site.rules.front().title.in(Language::English) = "other words";
    BOOST_TEST(rules_version(site) == before);
    site.verdicts["cores"].poor += 1;
    BOOST_TEST(rules_version(site) != before);
}

BOOST_AUTO_TEST_CASE(a_settled_page_is_the_same_and_asks_for_no_numbers) {
    slurm.jobs[0].allocated.gpus = {2, "a100"};
    measured(2 * kHours, 6e9);
    measured_gpus({{90, 30e9, 40e9, 3e5}, {0, 1e9, 40e9, 1e5}});
    const views::JobPage asked = page();
    portal_db.kept.rows[slurm.jobs[0].db_index] = made();
    metrics.texts.clear();

    const views::JobPage& kept = page();

    BOOST_TEST(metrics.texts.size() == 0U);
    BOOST_TEST_REQUIRE(kept.verdicts.size() == asked.verdicts.size());
    for (std::size_t i = 0; i < kept.verdicts.size(); ++i) {
        BOOST_TEST(kept.verdicts[i].used.index() == asked.verdicts[i].used.index());
        BOOST_TEST((kept.verdicts[i].share.grade == asked.verdicts[i].share.grade));
        BOOST_TEST(kept.verdicts[i].word.id == asked.verdicts[i].word.id);
    }
    BOOST_TEST_REQUIRE(kept.notices.size() == asked.notices.size());
    for (std::size_t i = 0; i < kept.notices.size(); ++i) {
        BOOST_TEST(kept.notices[i].text.id == asked.notices[i].text.id);
        BOOST_TEST(kept.notices[i].rule == asked.notices[i].rule);
    }
    BOOST_TEST(kept.headline.text.id == asked.headline.text.id);
    BOOST_TEST(kept.sections.size() == asked.sections.size());
}

BOOST_AUTO_TEST_CASE(a_summary_of_another_state_of_the_row_is_not_used) {
    measured(2 * kHours, 6e9);
    const Summary good = made();
    const auto asks = [&](auto change) {
        Summary summary = good;
        change(summary);
        portal_db.kept.rows[good.job_db_inx] = summary;
        metrics.texts.clear();
        page();
        return !metrics.texts.empty();
    };
    BOOST_TEST(!asks([](Summary&) {}));
    BOOST_TEST(asks([](Summary& s) { s.time_end += 1; }));
    BOOST_TEST(asks([](Summary& s) { s.state += 1; }));
    BOOST_TEST(asks([](Summary& s) { s.time_submit += 1; }));
    BOOST_TEST(asks([](Summary& s) { s.id_job += 1; }));
    BOOST_TEST(asks([](Summary& s) { s.flags |= Summary::Unreadable; }));
    portal_db.kept.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(asks([](Summary&) {}));
}

BOOST_AUTO_TEST_CASE(past_the_retention_the_page_has_the_numbers_and_says_where_the_graphs_are) {
    measured(2 * kHours, 6e9);
    portal_db.kept.rows[slurm.jobs[0].db_index] = made();
    site.retention = Seconds{60};

    page();

    BOOST_TEST(fakes::number_of(verdict("cores").used) == 2);
    BOOST_TEST(job().sections.empty());
    BOOST_TEST(says("Its measurements were kept until {0}"));
    BOOST_TEST(!says("Measurements are kept for"));
}

BOOST_AUTO_TEST_CASE(the_task_keeps_each_job_once_and_knows_how_far_it_is) {
    slurm.jobs.clear();
    for (std::uint32_t i = 0; i < 45; ++i) add(i, Seconds{40000 - 100 * i});
    add(99, Seconds{30});  // its last samples may be missing
    database::TaskState state;
    const auto held = lease();
    const auto summaries = task("summaries");

    int steps = 1;
    while (summaries->step(held, state).more) ++steps;

    BOOST_TEST(steps == 3);
    BOOST_TEST(portal_db.kept.rows.size() == 45U);
    BOOST_TEST(portal_db.kept.written == 45);
    BOOST_TEST(state.done == 45U);
    BOOST_TEST(state.behind_s.value() == 0U);
    clock.time += Seconds{3600};
    static_cast<void>(summaries->step(held, state));
    BOOST_TEST(portal_db.kept.written == 46);
}

BOOST_AUTO_TEST_CASE(the_task_waits_for_a_source_that_is_away_and_skips_nothing) {
    SourceError away{SourceId::Prometheus, Fault::Unreachable, "refused"};
    auto usual = metrics.otherwise;
    metrics.otherwise = [&](const auto&, const auto&) { return away; };
    database::TaskState state;
    const auto held = lease();
    const auto summaries = task("summaries");

    for (int i = 0; i < 5; ++i) {
        const auto step = summaries->step(held, state);
        BOOST_TEST((step.away && step.away->fault == Fault::Unreachable));
    }
    BOOST_TEST(portal_db.kept.rows.empty());
    BOOST_TEST(state.behind_jobs.value() == 1U);

    metrics.otherwise = usual;
    static_cast<void>(summaries->step(held, state));
    BOOST_TEST(portal_db.kept.rows.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_job_that_cannot_be_read_is_tried_three_times_and_marked) {
    metrics.otherwise = [&](const std::string& text, const prometheus::Grid& grid) {
        if (text.find("\"0\"") == std::string::npos) {
            return Result<prometheus::SeriesSet>(
                SourceError{SourceId::Prometheus, Fault::TooLong, "query timed out"});
        }
        return Result<prometheus::SeriesSet>(
            prometheus::SeriesSet{.grid = grid, .series = {}, .warnings = {}});
    };
    database::TaskState state;
    const auto held = lease();
    const auto summaries = task("summaries");

    BOOST_TEST(summaries->step(held, state).away.has_value());
    BOOST_TEST(summaries->step(held, state).away.has_value());
    BOOST_TEST(!summaries->step(held, state).away.has_value());

    BOOST_TEST(state.failed == 1U);
    const Summary& marked = portal_db.kept.rows.begin()->second;
    BOOST_TEST(marked.has(Summary::Unreadable));
    BOOST_TEST(!marked.covered.has_value());
    BOOST_TEST(!marked.cores_used.has_value());
    BOOST_TEST(marked.cores.value() == 4);
}

BOOST_AUTO_TEST_CASE(without_the_lease_nothing_is_written) {
    database::TaskState state;
    auto lost = lease();
    lost.term += 1;

    const auto step = task("summaries")->step(lost, state);

    BOOST_TEST(step.lease_over);
    BOOST_TEST(portal_db.kept.rows.empty());
    BOOST_TEST(state.place.row == 0U);
}

BOOST_AUTO_TEST_CASE(rows_that_come_or_change_late_are_found) {
    slurm.jobs.clear();
    for (std::uint32_t i = 0; i < 5; ++i) add(i, Seconds{40000 - 100 * i});
    database::TaskState state;
    const auto held = lease();
    static_cast<void>(task("summaries")->step(held, state));
    state.name = "summaries";
    BOOST_TEST_REQUIRE(portal_db.progress.note(state, held).value());
    add(77, Seconds{39950});
    slurm.jobs[1].state = JobState::Failed;
    slurm.jobs[1].state_number = 5;
    add(78, Seconds{200'000});  // the past is filled in otherwise

    database::TaskState late;
    const auto task_late = task("late");
    while (task_late->step(held, late).more) {
    }

    BOOST_TEST(portal_db.kept.rows.size() == 6U);
    BOOST_TEST(portal_db.kept.rows.at(1001).state == 5U);
    BOOST_TEST(portal_db.kept.written == 7);
    static_cast<void>(task_late->step(held, late));
    BOOST_TEST(portal_db.kept.written == 7);
}

BOOST_AUTO_TEST_CASE(old_summaries_are_removed_where_the_site_wants_it) {
    BOOST_CHECK_THROW(task("prune"), std::runtime_error);
    site.background.keep_days = 30;
    portal_db.kept.rows[1].time_end =
        static_cast<std::uint32_t>(unix_seconds(clock.time - 31 * kDay));
    portal_db.kept.rows[2].time_end =
        static_cast<std::uint32_t>(unix_seconds(clock.time - 29 * kDay));
    database::TaskState state;

    static_cast<void>(task("prune")->step(lease(), state));

    BOOST_TEST(portal_db.kept.rows.size() == 1U);
    BOOST_TEST(portal_db.kept.rows.count(2) == 1U);
}

BOOST_AUTO_TEST_CASE(changed_rules_are_applied_to_what_is_kept) {
    measured(1 * kHours, 6e9);
    const Summary kept = made();
    metrics.texts.clear();
    BOOST_TEST(kept.grade_cores.value() == 0);
    site.verdicts["cores"] = {20, 10, {}};
    site.cost.cpu_core_hour = 1;

    const auto again = judge_again(kept, slurm.jobs[0], context);

    BOOST_TEST_REQUIRE(again.ok());
    BOOST_TEST(again.value().grade_cores.value() == 2);
    BOOST_TEST(again.value().wasted_cost.value() == 6);
    BOOST_TEST(again.value().rules_version != kept.rules_version);
    BOOST_TEST(again.value().cores_used.value() == kept.cores_used.value());
    BOOST_TEST(metrics.texts.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
