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

    /// What Prometheus answers to every question: series that hold one value at each point.
    /// Of a question about one part, the series of the part "allocated" answer it if it asks for
    /// what is allocated (or counts GPUs by model), the others if it does not.
    void answer_with(const std::vector<prometheus::Series>& series) {
        metrics.otherwise = [series](const std::string& text, const prometheus::Grid& grid) {
            prometheus::SeriesSet set{.grid = grid, .series = series, .warnings = {}};
            const bool joined = text.find("label_replace") != std::string::npos;
            const bool allocated = text.find("allocated") != std::string::npos ||
                                   text.find("gpu_type") != std::string::npos;
            std::erase_if(set.series, [&](const prometheus::Series& one) {
                return !joined && (one.label("part") == "allocated") != allocated;
            });
            for (auto& one : set.series) one.values.assign(grid.count, one.values.at(0));
            return FakeMetrics::Answer(std::move(set));
        };
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
