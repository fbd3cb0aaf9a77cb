#pragma once

#include "tests/fakes/portal_fixture.h"

namespace portal::fakes {

/// What the competition gave: an amount of one kind.
inline ldap::AllocatedResources granted(std::optional<double> ldap::AllocatedResources::*kind,
                                        double amount) {
    ldap::AllocatedResources resources;
    resources.*kind = amount;
    return resources;
}
inline constexpr auto kGrantedCores = &ldap::AllocatedResources::core_equivalent;
inline constexpr auto kGrantedGpus = &ldap::AllocatedResources::gpu_equivalent;

/// alice and bob in def-smith, alice alone in rrg-lab, which has cores of the competition.
struct AccountFixture : PortalFixture {
    AccountFixture() {
        site.exporters.account.enabled = true;
        directory.groups = {{"def-smith", {"alice", "bob"}, {}},
                            {"rrg-lab", {"alice"}, granted(kGrantedCores, 400)}};
    }

    /// What Prometheus answers to every question: series that hold one value at each point. Those
    /// whose part is a column of the table, such as "cores_used", are hours of the whole range,
    /// and answer the question about their rule only, as samples recorded each minute. Of the
    /// lines of a graph those of the part "allocated" answer the question about what is allocated
    /// (or that counts GPUs by model), the others the others.
    void answer_with(const std::vector<prometheus::Series>& series) {
        metrics.otherwise = [series](const std::string& text, const prometheus::Grid& grid) {
            prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
            const bool about_intervals = text.find("count_over_time") != std::string::npos ||
                                         text.starts_with("count by () ((max");
            for (const auto& one : series) {
                const std::string rule = rule_of_column(one.label("part"));
                if (about_intervals || text.find(rule) == std::string::npos) continue;
                if (rule.empty() && !is_about(text, one.label("part"))) continue;
                set.series.push_back(one);
                auto& values = set.series.back().values;
                values.assign(grid.count, rule.empty() ? values.at(0) : 0.0);
                if (!rule.empty()) values.front() = one.values.at(0) * 60;
            }
            return FakeMetrics::Answer(std::move(set));
        };
    }

    /// Whether a question about one line of a graph is about that part.
    static bool is_about(const std::string& text, std::string_view part) {
        const auto holds = [&](const char* piece) { return text.find(piece) != std::string::npos; };
        if (holds(":unmeasured_") || holds(":unlimited_")) return part == "open";
        if (part == "open") return false;
        const bool allocated = holds(":allocated_core:count_user_account") ||
                               holds(":allocated_memory:") || holds(":allocated_gpu:") ||
                               holds("count by (user,gpu_type)");
        return holds("\"part\"") || (part == "allocated") == allocated;
    }

    /// The rule of a column of the members' table; empty if it is none.
    static std::string rule_of_column(std::string_view part) {
        static const std::map<std::string_view, std::string> kRules = {
            {"cores_allocated", "slurm_job:allocated_core:count_user_account"},
            {"cores_used", "slurm_job:used_core:sum_user_account"},
            {"memory_allocated", "slurm_job:allocated_memory:sum_user_account"},
            {"memory_used", "slurm_job:rss_memory:sum_user_account"},
            {"gpus_allocated", "slurm_job:allocated_gpu:count_user_account"},
            {"gpus_used", "slurm_job:used_gpu:sum_user_account"},
            {"gpus_unmeasured", "slurm_job:unmeasured_gpu:count_user_account"},
            {"memory_unlimited", "slurm_job:unlimited_rss_memory:sum_user_account"},
            {"levelfs", "slurm_account_levelfs"}};
        const auto found = kRules.find(part);
        return found == kRules.end() ? "" : found->second;
    }

    void prometheus_away() {
        metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
            return FakeMetrics::Answer(SourceError{SourceId::Prometheus, Fault::Timeout, ""});
        };
    }

    /// The account's page as it was rendered last.
    const views::AccountPage& account() const { return *views.last<views::AccountPage>(); }

    void ldap_away() { directory.away = SourceError{SourceId::Ldap, Fault::Unreachable, ""}; }
};

/// A series of one user's.
inline prometheus::Series of_user(const std::string& user, std::string name, double value) {
    return part(std::move(name), {value}, {{"user", user}});
}

}  // namespace portal::fakes
