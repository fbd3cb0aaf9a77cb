#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/form_guard.h"
#include "handlers/modules.h"
#include "handlers/portal.h"
#include "tests/fakes/fake_directory.h"
#include "tests/fakes/fake_metrics.h"
#include "tests/fakes/fake_portal_db.h"
#include "tests/fakes/fake_slurm_db.h"
#include "tests/fakes/fake_storage.h"
#include "tests/fakes/fake_views.h"

namespace portal::fakes {

/// A clock that stands still.
class FixedClock final : public Clock {
 public:
    Instant time = from_unix(1'750'000'000);
    [[nodiscard]] Instant now() const override { return time; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return {}; }
};

/// Remembers what it is given.
class FakeAuditLog final : public database::AuditLog {
 public:
    std::vector<database::View> kept;
    void keep(const database::View& view) override { kept.push_back(view); }
    [[nodiscard]] std::uint64_t waiting() const override { return kept.size(); }
};

/// The whole portal over fakes: alice (uid 1001) signed in, with every exporter and module
/// switched on.
struct PortalFixture {
    PortalFixture() {
        site.cluster = "narval";
        site.exporters.job.enabled = site.exporters.node.enabled = true;
        site.exporters.lustre.enabled = site.exporters.power.enabled = true;
        site.exporters.gpu.enabled = site.exporters.cloud.enabled = true;
        site.modules = module_names();
        site.rules = shipped_rules();
        site.exporters.lustre.file_systems = {"lustre03", "lustre04"};
        site.gpus = {{"NVIDIA A100-SXM4-40GB", "A100 40 GB", "a100", 40, 400, 55}};
        site.cost.electricity_per_kwh = 0.04158;
        site.cost.cpu_core_hour = 0.003;
        site.cost.gpu_hour = 0.3;
        directory.people = {{{"alice"}, {1001}, "Alice"}, {{"bob"}, {1002}, "Bob"}};
    }

    /// What the portal keeps of a job that is over.
    [[nodiscard]] static database::Summary kept_of(const slurm::Job& job) {
        database::Summary kept;
        kept.job_db_inx = job.db_index;
        kept.id_job = job.id.value;
        kept.time_submit = static_cast<std::uint32_t>(unix_seconds(job.submitted));
        kept.time_start = static_cast<std::uint32_t>(unix_seconds(*job.started));
        kept.time_end = static_cast<std::uint32_t>(unix_seconds(*job.ended));
        kept.run_s = 7200;
        kept.state = job.state_number;
        kept.cores = 4;
        return kept;
    }

    /// A job of alice's that ran two hours on 4 of the cores of one node and ended an hour ago.
    [[nodiscard]] slurm::Job finished_job(std::uint32_t id) const {
        slurm::Job job;
        job.db_index = id + 1000U;
        job.id = {id};
        job.owner = {1001};
        job.name = "train.sh";
        job.state = JobState::Completed;
        job.state_number = 3;
        job.time_limit = Seconds{4 * 3600};
        job.submitted = clock.time - Seconds{4 * 3600};
        job.eligible = job.submitted;
        job.started = clock.time - Seconds{3 * 3600};
        job.ended = clock.time - Seconds{3600};
        job.requested = {4, {std::uint64_t{16} << 30U}, 1, {}};
        job.allocated = job.requested;
        job.nodes = {"nc1"};
        return job;
    }

    [[nodiscard]] Request request_for(std::string path, const std::string& query = "") const {
        Request request;
        request.path = std::move(path);
        request.raw_query = query;
        const auto pairs = url::parse_query(query);
        if (!pairs) throw std::invalid_argument("query " + query);
        for (const auto& [name, value] : *pairs) request.query.push_back({name, value});
        request.method = method;
        request.identity = identity;
        request.if_none_match = if_none_match;
        request.remote_address = remote_address;
        request.forwarded = forwarded;
        return request;
    }

    /// As the worker has it served. `body` is what the client sent; `most_body` then says how much
    /// of it the portal was ready to take, empty: it took none.
    Served serve(const Request& request, const std::string& body, const Watched& what) {
        Portal portal({{site, clock, slurm, metrics, directory, storage, answers, settled,
                        portal_db, views, what},
                       audit,
                       {"key of the tests"}},
                      all_routes(site));
        most_body.reset();
        const auto read = [&](std::size_t most) {
            most_body = most;
            if (body.size() > most) throw HttpError(413, "");
            return body;
        };
        return portal.serve(request, read);
    }

    Response get(std::string path, const std::string& query = "") {
        return serve(request_for(std::move(path), query), "", watched).response;
    }

    /// A form as a browser sends it from a page of the portal.
    Response post(std::string path, const std::string& form) {
        Request request = request_for(std::move(path));
        request.method = Method::Post;
        request.content_type = content_type;
        request.same_origin = same_origin;
        return serve(request, form, watched).response;
    }

    /// What the forms of that login's pages send along.
    [[nodiscard]] static std::string token_of(const std::string& login) {
        return form_token({{login}, false}, "key of the tests");
    }

    void sign_in(const std::string& login, bool staff) {
        identity = {SignIn::Accepted, {{login}, staff}};
    }

    Site site;
    FixedClock clock;
    FakeSlurmDb slurm;
    FakeMetrics metrics;
    FakeDirectory directory;
    FakeStorage storage;
    SharedAnswers answers{clock, 18};
    SettledAnswers settled{std::size_t{1} << 20U};
    FakePortalDb portal_db;
    FakeViews views;
    PoolMeter meter{{{"GET", "/health"}}, 8, clock.time};
    Breaker breaker{clock, 8};
    FakeAuditLog audit;
    Watched watched{meter, audit, settled, {{SourceId::Slurm, "", breaker}}, "1.2.3", "0a1b"};
    std::string remote_address = "192.0.2.1";
    bool forwarded = false;
    Identity identity{SignIn::Accepted, {{"alice"}, false}};
    Method method = Method::Get;
    std::string if_none_match;
    std::string content_type = "application/x-www-form-urlencoded";
    bool same_origin = true;
    std::optional<std::size_t> most_body;
};

/// Value of a header; empty if the response has none of that name.
inline std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

/// One series with a `part` label, as the tagged questions of the handlers get it.
inline prometheus::Series part(std::string name, std::vector<double> values,
                               std::vector<prometheus::Label> labels = {}) {
    labels.push_back({"part", std::move(name)});
    return {std::move(labels), std::move(values)};
}

}  // namespace portal::fakes
