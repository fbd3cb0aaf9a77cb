#include "handlers/sources/prometheus/answer/answer.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "handlers/sources/prometheus/answer/sample.h"

using namespace portal;
using namespace portal::prometheus;
namespace data = boost::unit_test::data;

namespace {

const Grid kGrid{from_unix(1000), Seconds{60}, 4};
const Grid kInstant = Grid::at_instant(from_unix(1000));

Result<SeriesSet> parse(std::string_view text, std::size_t piece = 1U << 20U,
                        const Grid& grid = kGrid) {
    AnswerParser parser(grid);
    for (std::size_t at = 0; at < text.size(); at += piece) {
        if (!parser.feed(text.substr(at, piece))) break;
    }
    return parser.finish();
}

/// Everything of an answer as one text; gaps are `_`.
std::string print(const Result<SeriesSet>& result) {
    if (!result.ok()) return std::string(fault_name(result.error().fault));
    std::string text;
    for (const Series& series : result.value().series) {
        text += "{";
        for (const Label& label : series.labels) text += label.name + "=" + label.value + ";";
        text += "}";
        for (const double value : series.values) {
            text += " " + (std::isnan(value) ? std::string("_") : std::to_string(value));
        }
        text += "\n";
    }
    return text;
}

std::string matrix(const std::string& values) {
    return R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"1"},)"
           R"("values":[)" +
           values + "]}]}}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answer)

struct Case {
    std::string text;
    std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << one.text;
}

const std::string kSuccess = R"({"status":"success","data":{"resultType":"matrix","result":[)";

const std::vector<Case> kAnswers = {
    {kSuccess + "]}}", ""},
    {matrix(R"([1000,"1"],[1060,"2.5"],[1180,"-3e2"])"),
     "{a=1;} 1.000000 2.500000 _ -300.000000\n"},
    {matrix(R"([1000,"NaN"],[1060,"+Inf"],[1120,"-Inf"],[1180,"1e400"])"), "{a=1;} _ _ _ _\n"},
    // VictoriaMetrics may move the points; what lies outside is dropped.
    {matrix(R"([990.5,"1"],[1089,"2"],[1150.000,"3"],[1300,"9"],[900,"9"])"),
     "{a=1;} 1.000000 2.000000 _ 3.000000\n"},
    // Blanks, unknown keys, other orders, escapes.
    {R"( { "data" : { "stats" : { "x" : [ 1, { } , null, "]" ] } , "result" : [ {
        "values" : [ [ 1000 , "1" ] , [ 1060.0 , "2" ] ] , "histograms" : [[1,{"a":[]}]],
        "metric" : { "\u0061\"" : "\u00e9\ud83d\ude00\\" } } ] } , "status" : "success" } )",
     "{a\"=\xC3\xA9\xF0\x9F\x98\x80\\;} 1.000000 2.000000 _ _\n"},
    {R"({"status":"success","data":{"result":[{"metric":{"a":"\ud800x\u0000"},"values":[]}]}})",
     "{a=\xEF\xBF\xBDx\xEF\xBF\xBD;} _ _ _ _\n"},
    {kSuccess + "{\"metric\":{\"a\":\"\xff\"},\"values\":[]}]}}", "{a=\xEF\xBF\xBD;} _ _ _ _\n"},
    {kSuccess + R"({"metric":{},"values":[[1000,"1"]]},{"metric":{"b":""},"values":[]}]}})",
     "{} 1.000000 _ _ _\n{b=;} _ _ _ _\n"},
    {R"({"status":"error","errorType":"bad_data","error":"parse"})", "rejected"},
    {R"({"status":"error","errorType":"timeout","error":"x","data":null})", "too_long"},
    // Not answers.
    {"", "malformed"},
    {"{}", "malformed"},
    {"[]", "malformed"},
    {"nonsense", "malformed"},
    {"<html></html>", "malformed"},
    {R"({"status":"success"})", "malformed"},
    {R"({"status":"success","data":{"result":{}}})", "malformed"},
    {R"({"status":"success","data":{"result":[1]}})", "malformed"},
    {matrix(R"([1000,"abc"])"), "malformed"},
    {matrix(R"([1000,""])"), "malformed"},
    {matrix(R"([1000,5])"), "malformed"},
    {matrix(R"(["1000","5"])"), "malformed"},
    {matrix(R"([1000])"), "malformed"},
    {matrix(R"([1000,"1","2"])"), "malformed"},
    {matrix(R"([1000,"1"],)"), "malformed"},
    {matrix(R"([1000,"1"] [1060,"1"])"), "malformed"},
    {matrix(R"(,[1000,"1"])"), "malformed"},
    {matrix(R"({})"), "malformed"},
    {matrix(R"([1000,"1)"), "malformed"},
    {matrix("") + "x", "malformed"},
    {kSuccess + R"({"metric":{"a":1},"values":[]}]}})", "malformed"},
    {kSuccess + R"({"metric":{"a":"\x"},"values":[]}]}})", "malformed"},
    {kSuccess + "{\"metric\":{\"a\":\"\n\"},\"values\":[]}]}}", "malformed"},
    {kSuccess + "}]}}", "malformed"},
    {std::string(200'000, '['), "malformed"},
    {R"({"status":"success","x":)" + std::string(200'000, '['), "malformed"},
    {R"({"status":")" + std::string(70'000, 'x') + "\"}", "malformed"},
};

BOOST_DATA_TEST_CASE(reads_answers, data::make(kAnswers)) {
    BOOST_TEST(print(parse(sample.text)) == sample.expected);
}

BOOST_DATA_TEST_CASE(cuts_between_pieces_change_nothing, data::make(kAnswers)) {
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 13U, 64U}) {
        if (sample.text.size() < 10'000)
            BOOST_TEST(print(parse(sample.text, piece)) == sample.expected);
    }
}

BOOST_AUTO_TEST_CASE(every_cut_off_answer_is_malformed) {
    const std::string whole = matrix(R"([1000,"1"],[1060,"2"])");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        BOOST_TEST(print(parse(whole.substr(0, length))) == "malformed");
    }
}

BOOST_AUTO_TEST_CASE(reads_vectors_and_scalars) {
    const auto instant = [](std::string_view text) { return print(parse(text, 5, kInstant)); };

    BOOST_TEST(instant(R"({"status":"success","data":{"resultType":"vector","result":[)"
                       R"({"metric":{"a":"1"},"value":[1000.123,"7"]},)"
                       R"({"metric":{"a":"2"},"value":[1000.123,"NaN"]}]}})") ==
               "{a=1;} 7.000000\n{a=2;} _\n");
    BOOST_TEST(instant(R"({"status":"success","data":{"resultType":"scalar","result":[9,"5"]}})") ==
               "{} 5.000000\n");
    BOOST_TEST(instant(R"({"status":"success","data":{"resultType":"scalar","result":[9]}})") ==
               "malformed");
}

BOOST_AUTO_TEST_CASE(keeps_warnings_and_says_when_the_answer_is_partial) {
    const auto result = parse(R"({"status":"success","isPartial":true,"warnings":["one","two"],)"
                              R"("infos":["x"],"data":{"result":[]}})");

    BOOST_TEST_REQUIRE(result.ok());
    const std::vector<std::string> expected = {"partial answer", "one", "two"};
    BOOST_TEST(result.value().warnings == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(says_why_prometheus_refused) {
    const auto result = parse(R"({"status":"error","errorType":"bad_data","error":"no \"x\""})");

    BOOST_TEST_REQUIRE(!result.ok());
    BOOST_TEST(result.error().detail == "bad_data: no \"x\"");
}

BOOST_AUTO_TEST_CASE(too_large_answers_end_early) {
    const auto feed = [](const Grid& grid, const AnswerLimits& limits, const std::string& one) {
        AnswerParser parser(grid, limits);
        std::size_t pieces = 0;
        bool reading = parser.feed(kSuccess + one);
        while (reading && pieces < 1000) {
            reading = parser.feed("," + one);
            ++pieces;
        }
        return pieces;
    };
    const std::string series = R"({"metric":{"a":"0123456789"},"values":[]})";

    BOOST_TEST(feed(kGrid, {.series = 10}, series) == 10U);
    BOOST_TEST(feed(kGrid, {.values = 40}, series) == 10U);
    BOOST_TEST(feed(kGrid, {.label_bytes = 110}, series) == 10U);
    BOOST_TEST(feed(kGrid, {.labels = 1}, R"({"metric":{"a":"","b":""},"values":[]})") == 0U);
}

BOOST_AUTO_TEST_CASE(short_way_and_tokens_read_the_same_numbers) {
    for (const std::string text :
         {"0", "-0", "1", "0.1", "123456789012345", "0.13333333333333333", "99999999999999999999",
          "9223372036854771712", "1e-300", "2.5e+10", "0.000000000000000000000001234",
          "123456789012345678901234567890", "1700000000.123", "00012.50"}) {
        const SampleValue value = parse_sample(text);
        BOOST_TEST(value.valid);
        BOOST_TEST(value.value == std::stod(text), boost::test_tools::tolerance(1e-15));
        BOOST_TEST(print(parse(matrix("[1000,\"" + text + "\"]"))) ==
                   print(parse(matrix("[ 1000 , \"" + text + "\" ]"))));
    }
    for (const std::string text : {"", "-", ".", "e5", "1e", "0x10", "nan", "1 ", " 1", "1.2.3"}) {
        BOOST_TEST(!parse_sample(text).valid);
    }
}

BOOST_AUTO_TEST_SUITE_END()
