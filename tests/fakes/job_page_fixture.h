#pragma once

#include <algorithm>
#include <boost/test/unit_test.hpp>
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

    /// Answers the question about cores and memory.
    void measured(double core_seconds, double memory) {
        prometheus::SeriesSet set;
        set.series = {part("cores", {core_seconds * 1e9}), part("memory", {memory})};
        metrics.answers.insert_or_assign("slurm_job_memory_max", set);
    }

    /// Answers it with when its samples on each node began and ended, in seconds of the run; a node
    /// computes on 2 cores all the while.
    void measured_on(const std::vector<std::pair<double, double>>& nodes) {
        const auto start = static_cast<double>(unix_seconds(*slurm.jobs[0].started));
        prometheus::SeriesSet set;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto& [first, last] = nodes[i];
            const std::vector<prometheus::Label> labels = {{"instance", "nc" + std::to_string(i)},
                                                           {"account", "def-a"}};
            set.series.push_back(part("cores", {(last - first) * 2e9}, labels));
            set.series.push_back(part("first", {-start - first}, labels));
            set.series.push_back(part("last", {start + last}, labels));
            set.series.push_back(part("present", {(last - first) / 36}, {labels[0]}));
        }
        set.series.push_back(part("memory", {1e9}));
        metrics.answers.insert_or_assign("slurm_job_memory_max", set);
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
