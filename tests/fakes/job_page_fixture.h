#pragma once

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/fakes/portal_fixture.h"

namespace portal::fakes {

/// The page of a finished job of alice's, number 47.
struct JobPageFixture : PortalFixture {
    JobPageFixture() { slurm.jobs = {finished_job(47)}; }

    /// Answers the questions about cores and memory: one node, measured all the time.
    void measured(double core_seconds, double memory) {
        const auto length = static_cast<double>((*slurm.jobs[0].ended - began()).count());
        at_ends({{0, length, core_seconds * 1e9}});
        at_end.series.push_back(part("memory_max", {memory}, {{"instance", "nc1"}}));
        metrics.answers.insert_or_assign("slurm_job_memory_max", at_end);
    }

    /// The same, with when its samples on each node began and ended, in seconds of the run; a node
    /// computes on 2 cores all the while.
    void measured_on(const std::vector<std::pair<double, double>>& nodes) {
        std::vector<Ends> ends;
        for (const auto& [first, last] : nodes) ends.push_back({first, last, (last - first) * 2e9});
        at_ends(ends);
        at_end.series.push_back(part("memory_max", {1e9}, {{"instance", "nc1"}}));
        metrics.answers.insert_or_assign("slurm_job_memory_max", at_end);
    }

    /// When the samples of a node began and ended, in seconds of the run, and how much the counters
    /// of its cores grew between.
    struct Ends {
        double first = 0;
        double last = 0;
        double growth = 0;
    };
    void at_ends(const std::vector<Ends>& nodes) {
        const auto start = static_cast<double>(unix_seconds(began()));
        prometheus::SeriesSet at_start;
        at_end.series.clear();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto& [first, last, growth] = nodes[i];
            const std::vector<prometheus::Label> node = {
                {"instance", "nc" + std::to_string(i + 1)}};
            at_start.series.push_back(part("first_value", {5e9}, node));
            at_start.series.push_back(part("first_at", {start + first}, node));
            at_end.series.push_back(part("last_value", {5e9 + growth}, node));
            at_end.series.push_back(part("last_at", {start + last}, node));
            at_end.series.push_back(part("growth", {growth}, node));
            at_end.series.push_back(
                part("looks", {(last - first) / 36}, {{"node", node[0].value}}));
        }
        metrics.answers.insert_or_assign("first_value", at_start);
        metrics.answers.insert_or_assign("slurm_job_memory_max", at_end);
    }
    prometheus::SeriesSet at_end;

    [[nodiscard]] Instant began() const {
        const slurm::Job& job = slurm.jobs[0];
        const bool resized = job.submitted > *job.started && job.submitted < job.ended;
        return resized ? job.submitted : *job.started;
    }

    /// One GPU as its samples say; NaN: not measured.
    struct Gpu {
        double cycles = prometheus::kGap;
        double memory = prometheus::kGap;
        double total = prometheus::kGap;
        double power = prometheus::kGap;
        std::string number = "0";
        std::string type = {};
    };
    void measured_gpus(const std::vector<Gpu>& gpus) {
        prometheus::SeriesSet set;
        for (std::size_t i = 0; i < gpus.size(); ++i) {
            const Gpu& gpu = gpus[i];
            const std::string number = gpu.number == "0" ? std::to_string(i) : gpu.number;
            const std::vector<prometheus::Label> labels = {
                {"instance", "nc1:9798"}, {"gpu", number}, {"gpu_type", gpu.type}};
            const auto add = [&](const char* name, double value) {
                if (!std::isnan(value)) set.series.push_back(part(name, {value}, labels));
            };
            add("cycles_sum", 100 * gpu.cycles);
            add("cycles_count", std::isnan(gpu.cycles) ? prometheus::kGap : 100);
            add("least", gpu.cycles);
            add("most", gpu.cycles);
            add("memory", gpu.memory);
            add("total", gpu.total);
            add("power_sum", 100 * gpu.power);
            add("power_count", std::isnan(gpu.power) ? prometheus::kGap : 100);
        }
        metrics.answers.insert_or_assign("slurm_job_memory_total_gpu", set);
    }

    /// Whether a question that names the metric has this part.
    bool asked(const std::string& metric, const std::string& text) const {
        return std::any_of(metrics.texts.begin(), metrics.texts.end(), [&](const auto& query) {
            return query.find(metric) != std::string::npos && query.find(text) != std::string::npos;
        });
    }

    const views::JobPage& page(const std::string& query = "") {
        const Response response = get("/secure/jobstats/alice/47/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return job();
    }

    /// The page as it was rendered last.
    const views::JobPage& job() const { return *views.last<views::JobPage>(); }

    /// The row of the cost table; nullptr if there is none.
    const views::CostRow* cost(views::CostRow::Kind kind) const {
        for (const views::CostRow& row : job().cost.rows) {
            if (row.kind == kind) return &row;
        }
        return nullptr;
    }

    const views::Verdict& verdict(std::string_view key) {
        for (const views::Verdict& candidate : job().verdicts) {
            if (candidate.key == key) return candidate;
        }
        throw std::runtime_error("no such verdict");
    }

    /// Stored at that time, or now.
    void upload(std::uint32_t id, const std::string& bytes, std::optional<Instant> time = {}) {
        const Instant stored = time.value_or(clock.time + Seconds{portal_db.rows.size()});
        portal_db.rows.push_back({{id}, bytes, "prolog", stored, stored});
    }

    bool says(const std::string& start) const {
        return std::any_of(job().notices.begin(), job().notices.end(),
                           [&](const views::Notice& n) { return n.text.id.starts_with(start); });
    }
};

inline double number_of(const Reading& reading) {
    return std::get<double>(reading);
}

}  // namespace portal::fakes
