#include "handlers/sources/prometheus/promql.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <clocale>
#include <limits>
#include <string>
#include <vector>

#include "handlers/sources/prometheus/escaping.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/prometheus/joining.h"

using namespace portal;
using namespace portal::promql;
using namespace std::chrono_literals;
namespace data = boost::unit_test::data;

namespace {

constexpr metric::Metric kShare = {"share", metric::Gauge, metric::Percent, {0, 100}};
constexpr metric::Metric kCounter = {"count", metric::Counter, metric::Plain, {0, 2}};

/// What is left of a query when its quoted parts are blanked, read as PromQL reads them: two
/// queries of the same shape differ in values only. "broken" if a quoted part does not end.
std::string shape(const std::string& query) {
    std::string result;
    bool quoted = false;
    for (std::size_t i = 0; i < query.size(); ++i) {
        if (quoted && query[i] == '\\') {
            ++i;
        } else if (query[i] == '"') {
            quoted = !quoted;
            result += '"';
        } else if (!quoted) {
            result += query[i];
        }
    }
    return quoted ? "broken" : result;
}

/// Values that want to be more than a value.
const std::vector<std::string> kHostile = {
    R"("} or up{a=")",
    R"(\"} or up{a=\")",
    R"(\)",
    R"(\\")",
    "x\ny",
    "x\r\ny",
    ".*",
    "|.*",
    "a|b",
    "(?i)x",
    "a){",
    "{}",
    std::string("\x01"),
    std::string("a\x01,cluster=\"other\""),
    std::string("a\0b", 3),
    "\xff\xfe",
    "\xc0\xaf",
    "${1}",
    "\\x22} or up{a=\\x22",
    "jеan",
    std::string(100'000, '"'),
};

Selector job(std::string_view id) {
    return Selector("slurm_job_memory_max").eq("slurmjobid", id);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(promql)

struct Written {
    Expr expr;
    std::string text;
};

std::ostream& operator<<(std::ostream& out, const Written& written) {
    return out << written.text;
}

const std::vector<std::string> kNodes = {"node1", "node2.example"};

BOOST_DATA_TEST_CASE(
    writes_expressions,
    data::make(std::vector<Written>{
        {Selector("up").now(), "up{}"},
        {job("1").now(), R"(slurm_job_memory_max{slurmjobid="1"})"},
        {Selector("up").eq("a", "1").ne("b", "2").now(), R"(up{a="1",b!="2"})"},
        {Selector("up").matches("mode", "user|system").now(), R"(up{mode=~"user|system"})"},
        {Selector("up").not_matching("mode", "a|b").now(), R"(up{mode!~"a|b"})"},
        {Selector::any_of({"a", "b:c"}).eq("x", "1").now(), R"({__name__=~"a|b:c",x="1"})"},
        {Selector("up").one_of("n", kNodes).now(), R"(up{n=~"node1|node2\\.example"})"},
        {Selector("up").host_one_of("i", kNodes).now(),
         R"(up{i=~"(?i:node1(?:[.][^:]*)?|node2(?:\\.example)?)(?::[0-9]+)?"})"},
        {Selector(kShare).now(), "(share{} >= 0 <= 100)"},
        {Selector(kShare).avg_over(1h),
         "((avg_over_time(share{}[3600s]) >= 0 <= 100) and max_over_time(share{}[3600s]) <= 100)"},
        {Selector(kShare).count_over(1h), "count_over_time(share{}[3600s])"},
        {Selector(kShare).odd(), "(share{} unless (share{} >= 0 <= 100))"},
        {Selector(kShare).as_sampled().now(), "share{}"},
        {Selector(kCounter).now(), "count{}"},
        {Selector(kCounter).rate(1min), "(rate(count{}[60s]) <= 2)"},
        {Selector(kCounter).increase(1min), "(increase(count{}[60s]) <= 120)"},
        {Selector(kCounter).slope(1min), "(deriv(count{}[60s]) >= 0 <= 2)"},
        {each_node_of_cores(Selector("a").now()),
         "max by (slurmjobid,node) (label_replace(sum without (core) (a{}), \"node\", \"$1\", "
         R"("instance", "(\\[[^\\]]*\\]|[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|[^:.]+).*")))"},
        {Selector("up").rate(2min), "rate(up{}[120s])"},
        {Selector("up").rate(0s), "rate(up{}[1s])"},
        {Selector("up").max_over(1h), "max_over_time(up{}[3600s])"},
        {Selector("up").present_over(1h), "present_over_time(up{}[3600s])"},
        {sum_by({"a", "b"}, Selector("up").now()), "sum by (a,b) (up{})"},
        {count_by({}, Selector("up").now()), "count by () (up{})"},
        {max_by({"a"}, Selector("up").now()), "max by (a) (up{})"},
        {Selector("up").eq("a", "1").seen_at(), R"((up{a="1"} * 0 + time()))"},
        {topk(3, sum(Selector("up").now())), "topk(3, sum(up{}))"},
        {Selector("up").now() / 1e9, "(up{} / 1e+09)"},
        {Selector("up").now() * -0.5, "(up{} * -0.5)"},
        {Selector("a").now() + Selector("b").now(), "(a{} + b{})"},
        {above(Selector("a").now(), 0), "(a{} > 0)"},
        {divide_on({"x"}, Selector("a").now(), Selector("b").now()), "(a{} / on (x) b{})"},
        {either({Selector("a").now(), Selector("b").now()}), "(a{} or b{})"},
        {either({}), ""},
        {tagged("p$1", Selector("a").now()), R"(label_replace(a{}, "part", "p$$1", "", ""))"},
        {avg_over(sum(Selector("a").now()), 1h, 1min), "avg_over_time((sum(a{}))[3600s:60s])"},
        {sum_over(Selector("a").now(), 1h, 1min), "sum_over_time((a{})[3600s:60s])"},
        {count_over(Selector("a").now(), 1h, 1min), "count_over_time((a{})[3600s:60s])"},
        {Selector("a").sum_over(1h), "sum_over_time(a{}[3600s])"},
        {Selector("a").count_over(1h), "count_over_time(a{}[3600s])"},
        {divide_all(Selector("a").now(), Selector("b").now()), "(a{} / on () group_left () b{})"},
        {max_by({}, Selector("a").now()), "max by () (a{})"},
        {Expr::number(1.5), "1.5"},
        {Expr::number(-std::numeric_limits<double>::infinity()), "-Inf"},
    })) {
    BOOST_TEST(sample.expr.text("") == sample.text);
}

BOOST_AUTO_TEST_CASE(puts_the_site_matchers_into_every_selector) {
    const Expr both = divide_on({}, Selector("a").rate(60s), Selector("b").eq("x", "1").now());

    BOOST_TEST(both.text(",cluster=\"n\"") ==
               R"((rate(a{cluster="n"}[60s]) / on () b{x="1",cluster="n"}))");
}

BOOST_AUTO_TEST_CASE(machines_of_a_cloud_have_matchers_of_their_own) {
    const Expr both = either(Selector(portal::metric::kVmReceivedBytes).eq("x", "1").rate(60s),
                             Selector("a").now());

    const std::string text = both.text(",cluster=\"n\"", ",cluster=\"cloud\"");

    BOOST_TEST(text.find(R"(net_rx_bytes{x="1",cluster="cloud"}[60s])") != text.npos, text);
    BOOST_TEST(text.find(R"(a{cluster="n"})") != text.npos, text);
    BOOST_TEST(both.text(",c=\"n\"").find(R"(net_rx_bytes{x="1",c="n"})") != text.npos);
}

BOOST_AUTO_TEST_CASE(an_empty_list_matches_nothing) {
    const std::vector<std::string> none;
    const std::vector<std::string> empty = {"", ""};

    BOOST_TEST(Selector("up").one_of("a", none).now().text("") == R"(up{a="",a!=""})");
    BOOST_TEST(Selector("up").one_of("a", empty).now().text("") == R"(up{a="",a!=""})");
    BOOST_TEST(Selector("up").host_one_of("a", none).now().text("") == R"(up{a="",a!=""})");
}

BOOST_DATA_TEST_CASE(no_value_changes_the_shape_of_a_query, data::make(kHostile)) {
    const std::vector<std::string> harmless = {"1", "2"};
    const std::vector<std::string> hostile = {sample, sample};
    const auto query = [](const std::string& one, const std::vector<std::string>& many) {
        return (with_node(job(one).ne("user", one).rate(60s)) +
                sum(Selector("up").one_of("a", many).host_one_of("b", many).now()))
            .text(",cluster=\"narval\"");
    };

    BOOST_TEST(shape(query(sample, hostile)) == shape(query("1", harmless)));
}

BOOST_DATA_TEST_CASE(control_bytes_never_reach_the_query, data::make(kHostile)) {
    const std::string text = job(sample).now().text(",cluster=\"narval\"");

    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20U; };
    BOOST_TEST(std::none_of(text.begin(), text.end(), control));
    BOOST_TEST(text.substr(text.size() - 18) == R"(,cluster="narval"})");
}

BOOST_AUTO_TEST_CASE(values_are_not_regular_expressions) {
    BOOST_TEST(escape_regex("a.b|(c)*") == R"(a\.b\|\(c\)\*)");
    BOOST_TEST(escape_value("a\\\"\n\x01\x7f") == R"(a\\\"\n\x01\x7f)");
    BOOST_TEST(escape_value("\xff\xEF\xBF\xBD") == R"(\ufffd\ufffd)");
}

BOOST_AUTO_TEST_CASE(numbers_do_not_follow_the_locale) {
    std::setlocale(LC_ALL, "fr_FR.UTF-8");

    BOOST_TEST(Expr::number(0.25).text("") == "0.25");

    std::setlocale(LC_ALL, "C");
}

BOOST_AUTO_TEST_CASE(finds_the_node_behind_an_instance) {
    BOOST_TEST(with_node(Selector("a").now()).text("") ==
               R"(label_replace(a{}, "node", "$1", "instance", )"
               R"("(\\[[^\\]]*\\]|[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|[^:.]+).*"))");
    BOOST_TEST(with_card(Selector("a").now(), "gpu").text("") ==
               R"x(label_replace(label_replace(label_replace(a{}, "card", "$1", "gpu", "(.+)"), )x"
               R"x("card", "$1", "uuid", "(.+)"), "card", "$1", "gpu", "(MIG-.+)"))x");
}

struct Configured {
    std::string text;
    bool valid;
    std::string matchers;
};

std::ostream& operator<<(std::ostream& out, const Configured& configured) {
    return out << configured.text;
}

BOOST_DATA_TEST_CASE(reads_site_matchers, data::make(std::vector<Configured>{
                                              {"", true, ""},
                                              {"  ", true, ""},
                                              {R"(cluster="narval")", true, R"(,cluster="narval")"},
                                              {R"( a = "x" , b!~"y|z",c!="",d=~"w" )", true,
                                               R"(,a="x",b!~"y|z",c!="",d=~"w")"},
                                              {R"(a="q\"\\\n")", true, R"(,a="q\"\\\n")"},
                                              {R"(a="1}")", true, R"(,a="1}")"},
                                              {R"(a="1",)", false, ""},
                                              {R"(,a="1")", false, ""},
                                              {R"(a="1)", false, ""},
                                              {R"(a="1\)", false, ""},
                                              {R"(a="\d")", false, ""},
                                              {R"(a='1')", false, ""},
                                              {R"(a=1)", false, ""},
                                              {R"(a="1"} or up{b="2")", false, ""},
                                              {R"(a="1" b="2")", false, ""},
                                              {R"(1a="1")", false, ""},
                                              {R"(a-b="1")", false, ""},
                                              {R"(a=="1")", false, ""},
                                              {R"(__name__="up")", false, ""},
                                              {"a=\"\x01\"", false, ""},
                                              {"a=\"\xff\"", false, ""},
                                          })) {
    const SiteMatchers matchers = parse_site_matchers(sample.text);

    BOOST_TEST(matchers.valid == sample.valid);
    BOOST_TEST(matchers.text == sample.matchers);
}

BOOST_AUTO_TEST_CASE(reads_metric_names) {
    BOOST_TEST(MetricName::parse("redfish_power:watts2").has_value());
    BOOST_TEST(Selector(*MetricName::parse("x")).now().text("") == "x{}");
    for (const std::string_view bad : {"", "1a", "a-b", "a{}", "a b", "é", "a\n"}) {
        BOOST_TEST(!MetricName::parse(bad).has_value());
    }
    BOOST_TEST(!MetricName::parse(std::string(201, 'a')).has_value());
}

BOOST_AUTO_TEST_CASE(reads_names_of_labels_and_matches_on_them) {
    const auto project = LabelName::parse("project");
    BOOST_TEST_REQUIRE(project.has_value());
    const std::vector<std::string> names = {"def-a", "b.c"};

    BOOST_TEST(Selector("m").eq(*project, "a\"b").now().text("") == "m{project=\"a\\\"b\"}");
    BOOST_TEST(Selector("m").one_of(*project, names).last_over(Seconds{600}).text("") ==
               "last_over_time(m{project=~\"def-a|b\\\\.c\"}[600s])");
    for (const std::string_view bad : {"", "1a", "a:b", "a-b", "a=", "a b", "é", "__name__"}) {
        BOOST_TEST(!LabelName::parse(bad).has_value(), bad);
    }
}

BOOST_AUTO_TEST_SUITE_END()
