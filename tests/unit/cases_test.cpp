#include <boost/test/unit_test.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "fcgi/http/http_error.h"
#include "fcgi/http/request_parser.h"
#include "fcgi/http/response_writer.h"
#include "tests/fakes/portal_fixture.h"
#include "tests/fakes/request_case.h"
#include "views/renderer.h"

namespace {

using namespace portal;
using fakes::RequestCase;

constexpr std::uint64_t kMostBody = 1000;

std::vector<std::string> words(const std::string& text) {
    return text::split_list(text, ' ');
}

std::uint32_t number(const std::string& text) {
    return static_cast<std::uint32_t>(text::parse_unsigned(text, 4'000'000'000U).value());
}

SourceError fault(const std::string& name, SourceId source) {
    static const std::map<std::string, Fault> kFaults = {{"unreachable", Fault::Unreachable},
                                                         {"timeout", Fault::Timeout},
                                                         {"rejected", Fault::Rejected},
                                                         {"malformed", Fault::Malformed}};
    return {source, kFaults.at(name), "as the case says"};
}

/// A path as the web server hands it on: every escape is the byte it stands for, whatever that is.
std::string unescaped(const std::string& path) {
    std::string bytes;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '%') {
            bytes += static_cast<char>(std::stoi(path.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            bytes += path[i];
        }
    }
    return bytes;
}

/// The portal of the fixture with real views, behind the transport's own reading and writing.
struct CaseFixture : fakes::PortalFixture {
    CaseFixture() {
        rules.identity.auth_types = {"shibboleth"};
        rules.identity.domains = {"alliancecan.ca"};
        rules.identity.staff = {"staff@alliancecan.ca"};
        site.exporters.quota.enabled = true;
        site.quotas = {{"home", {"Home", "Dossier"}, "/home/", "user", {}, 500e3, 50.0}};
        site.robinhood = {{"lustre06", {"Projects", "Projets"}}};
        site.siblings = {
            {LocalText{{"Beluga", "Béluga"}}, "https://b.example.org/portal", {"jobstats"}}};
        site.scripts.enabled = true;
        site.scripts.largest = kMostBody;
    }

    /// Job: 47 alice completed|running|pending [cores=N] [array=ID_TASK] [name=TEXT]
    void add_job(const std::string& text) {
        const auto parts = words(text);
        slurm::Job job = finished_job(number(parts.at(0)));
        for (const ldap::Person& one : directory.people) {
            if (one.login.value == parts.at(1)) job.owner = one.uid;
        }
        if (parts.at(2) != "completed") job.ended.reset();
        if (parts.at(2) == "running") job.state = JobState::Running;
        if (parts.at(2) == "pending") {
            job.state = JobState::Pending;
            job.started.reset();
            job.nodes.clear();
            job.allocated = {};
        }
        for (std::size_t i = 3; i < parts.size(); ++i) {
            const auto equals = parts[i].find('=');
            const std::string value = parts[i].substr(equals + 1);
            if (parts[i].starts_with("cores=")) job.allocated.cores = number(value);
            if (parts[i].starts_with("name=")) job.name = value;
        }
        slurm.jobs.push_back(job);
    }

    /// Allocation: def-smith alice TIB: a group with one member, and its project storage.
    void add_allocation(const std::string& text) {
        const auto parts = words(text);
        ldap::Allocation one{parts.at(0), {parts.at(1)}, {}};
        one.resources.project_storage = Bytes{std::uint64_t{number(parts.at(2))} << 40U};
        directory.groups.push_back(one);
    }

    /// Files: def-smith alice 10 1000: inodes and bytes that somebody has in a group.
    void add_files(const std::string& text) {
        const auto parts = words(text);
        const robinhood::Amount amount{number(parts.at(2)), Bytes{number(parts.at(3))}};
        storage.uses["lustre06"].push_back(
            {parts.at(0), {amount, {{parts.at(1), amount}}}, {}, {}});
    }

    /// Token: TEXT SCOPES [NETWORKS]
    void add_token(const std::string& text) {
        const auto parts = words(text);
        database::ApiToken token;
        token.name = parts.at(0);
        token.scopes = parts.at(1);
        if (parts.size() > 2) token.networks = parts[2];
        portal_db.tokens[parts[0]] = token;
    }

    /// Script: 47 TEXT
    void add_script(const std::string& text) {
        const auto blank = text.find(' ');
        portal_db.rows.push_back({{number(text.substr(0, blank))},
                                  unescaped(text.substr(blank + 1)),
                                  "prolog",
                                  clock.time,
                                  clock.time});
    }

    void add_away(const std::string& text) {
        const auto parts = words(text);
        if (parts.at(0) == "robinhood") {
            storage.away.insert({"lustre06", fault(parts.at(1), SourceId::Robinhood)});
        }
        if (parts.at(0) == "slurm") slurm.away = fault(parts.at(1), SourceId::Slurm);
        if (parts.at(0) == "portal") portal_db.away = fault(parts.at(1), SourceId::Portal);
        if (parts.at(0) == "ldap") directory.away = fault(parts.at(1), SourceId::Ldap);
        if (parts.at(0) == "prometheus") {
            const SourceError error = fault(parts.at(1), SourceId::Prometheus);
            metrics.otherwise = [error](const std::string&, const prometheus::Grid&) {
                return SourceError(error);
            };
        }
    }

    /// Series: PART-OF-THE-QUERY LABEL=VALUE... VALUE: one series that always has that value.
    void add_series(const std::string& text) {
        const auto parts = words(text);
        prometheus::Series series;
        for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
            const auto equals = parts[i].find('=');
            series.labels.push_back({parts[i].substr(0, equals), parts[i].substr(equals + 1)});
        }
        const double value = std::stod(parts.back());
        const auto before = metrics.otherwise;
        metrics.otherwise = [=](const std::string& query, const prometheus::Grid& grid) {
            if (query.find(parts.at(0)) == std::string::npos) return before(query, grid);
            prometheus::SeriesSet set{.grid = grid, .series = {series}, .warnings = {}};
            set.series[0].values.assign(grid.count, value);
            return fakes::FakeMetrics::Answer(set);
        };
    }

    /// Group: NAME MEMBER...: an active allocation.
    void add_group(const std::string& text) {
        auto members = words(text);
        const std::string group = members.at(0);
        members.erase(members.begin());
        directory.groups.push_back({group, members, {}});
    }

    void field(const std::string& name, const std::string& value) {
        if (name == "Group") return add_group(value);
        if (name == "Job") return add_job(value);
        if (name == "Away") return add_away(value);
        if (name == "Series") return add_series(value);
        if (name == "Allocation") return add_allocation(value);
        if (name == "Files") return add_files(value);
        if (name == "Token") return add_token(value);
        if (name == "Script") return add_script(value);
        if (name == "Body") {
            body = unescaped(value);
            store.try_emplace("CONTENT_LENGTH", std::to_string(body.size()));
            return;
        }
        if (name == "Remote-User") {
            store["AUTH_TYPE"] = "shibboleth";
            store["REMOTE_USER"] = value;
        } else if (name == "Affiliation") {
            store["affiliation"] = value;
        } else if (name == "Content-Length" || name == "Content-Type") {
            store[name == "Content-Length" ? "CONTENT_LENGTH" : "CONTENT_TYPE"] = value;
        } else {
            std::string variable = "HTTP_" + name;
            for (char& c : variable) {
                c = c == '-' ? '_' : static_cast<char>(std::toupper(c));
            }
            store[variable] = value;
        }
    }

    Response answer(const ParsedRequest& parsed) {
        Portal portal({{site, clock, slurm, metrics, directory, storage, answers, settled,
                        portal_db, renderer(), watched},
                       audit,
                       {"key of the tests"}},
                      all_routes(site));
        if (parsed.error != 0) return portal.failure(parsed.request, parsed.error).response;
        const auto read = [&](std::size_t most) {
            if (parsed.content_length > most) throw HttpError(413, "");
            if (parsed.content_length > body.size()) throw HttpError(400, "");
            return body;
        };
        return portal.serve(parsed.request, read).response;
    }

    static views::Renderer& renderer() {
        static views::Renderer one({{"Narval", "Narval"},
                                    "",
                                    "/out",
                                    "support@example.org",
                                    {{"jobstats", "jobs", "My jobs"}},
                                    false});
        return one;
    }

    void run(const RequestCase& one) {
        store["REQUEST_METHOD"] = one.method;
        store["SCRIPT_NAME"] = unescaped(one.path);
        store["QUERY_STRING"] = one.query;
        for (const auto& [name, value] : one.fields) field(name, value);
        Parameters parameters;
        for (const auto& [name, value] : store) parameters[name] = value;
        const ParsedRequest parsed = parse_request(parameters, rules);
        const Response response = answer(parsed);
        const CgiAnswer sent = cgi_answer(parsed.request, response);

        BOOST_TEST(sent.status == one.status);
        for (const auto& [name, value] : one.headers) {
            BOOST_TEST(holds(sent.head, "\n" + name + ": " + value), name << " in " << sent.head);
        }
        for (const std::string& name : one.absent_headers) {
            BOOST_TEST(!holds(sent.head, "\n" + name + ":"), name << " in " << sent.head);
        }
        std::size_t from = 0;
        for (const std::string& fragment : one.fragments) {
            const auto behind = fakes::match_behind(sent.body, fragment, from);
            BOOST_TEST((behind != std::string_view::npos), fragment);
            from = behind == std::string_view::npos ? from : behind;
        }
        for (const std::string& fragment : one.absent_fragments) {
            BOOST_TEST(!holds(sent.body, fragment), fragment);
        }
    }

    static bool holds(std::string_view text, std::string_view part) {
        return fakes::match_behind(text, part) != std::string_view::npos;
    }

    RequestRules rules;
    std::map<std::string, std::string> store;
    std::string body;
};

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cases)

BOOST_AUTO_TEST_CASE(every_case_file_is_answered_as_it_says) {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(PORTAL_CASES)) {
        if (entry.path().extension() != ".case") continue;
        BOOST_TEST_CONTEXT(entry.path().filename().string()) {
            CaseFixture fixture;
            fixture.run(fakes::parse_case(content(entry.path())));
        }
        ++count;
    }
    BOOST_TEST(count >= 20);
}

BOOST_AUTO_TEST_CASE(a_case_that_cannot_be_read_is_refused) {
    for (const char* text : {"", "GET", "GET /x\n---\n", "GET /x\n---\n99\n", "GET /x\n---\nx\n",
                             "GET /x\nno field\n---\n200\n"}) {
        BOOST_CHECK_THROW(static_cast<void>(fakes::parse_case(text)), std::invalid_argument);
    }
}

BOOST_AUTO_TEST_CASE(stars_stand_for_anything) {
    BOOST_TEST(CaseFixture::holds("a b c", "a***c"));
    BOOST_TEST(!CaseFixture::holds("a b c", "c***a"));
}

BOOST_AUTO_TEST_SUITE_END()
