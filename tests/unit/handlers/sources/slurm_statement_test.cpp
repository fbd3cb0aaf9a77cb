#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/sources/slurm/job_columns.h"
#include "handlers/sources/slurm/list_query.h"
#include "handlers/sources/sql/statement.h"

namespace portal::sql {

BOOST_AUTO_TEST_SUITE(slurm_statement)

BOOST_AUTO_TEST_CASE(fills_in_the_substitutions) {
    StatementMaker maker("narval");
    const queries::Query query{"q",
                               "select {optional:extra}, a from {cluster}_t where b in ({list})"};

    BOOST_TEST(maker.make(query, 3).text ==
               "select null as extra, a from narval_t where b in (?,?,?)");
    maker.add_column("extra");
    BOOST_TEST(maker.make(query).text == "select extra, a from narval_t where b in (?)");
}

BOOST_AUTO_TEST_CASE(job_columns_may_hold_other_substitutions) {
    StatementMaker maker("narval");
    const queries::Query query{"q", "select {job_columns} from {cluster}_t"};

    BOOST_CHECK_THROW(static_cast<void>(maker.make(query)), std::logic_error);
    maker.set_job_columns("a, {optional:b}");
    BOOST_TEST(maker.make(query).text == "select a, null as b from narval_t");
}

BOOST_AUTO_TEST_CASE(a_job_column_that_some_releases_lack_is_optional) {
    const std::string columns = slurm::job_columns(slurm::Associations::Hidden);

    BOOST_TEST(columns.starts_with("`job_db_inx`, `id_job`, "));
    BOOST_TEST(columns.find(", {optional:submit_line}, ") != std::string::npos);
    BOOST_TEST(columns.ends_with(", null as association_user"));
    BOOST_TEST(slurm::job_columns(slurm::Associations::Readable).find("_assoc_table`") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(rows_have_as_many_placeholders_as_they_say) {
    const queries::Query query{"q", "insert into t values {rows:2}"};

    BOOST_TEST(StatementMaker().make(query, 3).text == "insert into t values (?,?),(?,?),(?,?)");
    for (const char* text : {"{rows:}", "{rows:0}", "{rows:x}", "{rows:9999}"}) {
        BOOST_CHECK_THROW(static_cast<void>(StatementMaker().make({"q", text})), std::logic_error);
    }
    BOOST_CHECK_THROW(static_cast<void>(StatementMaker().make(query, 0)), std::logic_error);
}

BOOST_DATA_TEST_CASE(refuses_other_substitutions,
                     boost::unit_test::data::make({"{}", "{table}", "{cluster", "{list }"}), text) {
    BOOST_CHECK_THROW(static_cast<void>(StatementMaker("narval").make({"q", text})),
                      std::logic_error);
}

BOOST_AUTO_TEST_CASE(bounds_the_length_of_a_list) {
    const queries::Query query{"q", "{list}"};

    BOOST_CHECK_THROW(static_cast<void>(StatementMaker("narval").make(query, 0)), std::logic_error);
    BOOST_CHECK_THROW(static_cast<void>(StatementMaker("narval").make(query, 1025)),
                      std::logic_error);
}

BOOST_DATA_TEST_CASE(refuses_a_cluster_name_that_is_more_than_a_name,
                     boost::unit_test::data::make({"", "a b", "a`", "Narval", "a;b", "a'b", "a\\b",
                                                   "é"}),
                     name) {
    BOOST_CHECK_THROW(StatementMaker{name}, std::invalid_argument);
}

BOOST_DATA_TEST_CASE(takes_cluster_names_as_sites_have_them,
                     boost::unit_test::data::make({"my-cluster", "2nd", "a.b", "a_1"}), name) {
    BOOST_TEST(StatementMaker(name).make({"q", "from `{cluster}_t`"}).text ==
               "from `" + std::string(name) + "_t`");
}

BOOST_AUTO_TEST_CASE(percent_signs_in_a_name_are_letters) {
    BOOST_TEST(like_anywhere("") == "");
    BOOST_TEST(like_anywhere("50%_!") == "%50!%!_!!%");
}

BOOST_AUTO_TEST_CASE(a_narrowed_list_looks_back_ninety_days) {
    const Instant now = from_unix(1790000000);

    const auto narrowed = slurm::bounded({.account = "def-a"}, slurm::ListPart::Started, now);
    const auto whole = slurm::bounded({}, slurm::ListPart::Started, now);
    const auto waiting = slurm::bounded({.account = "def-a"}, slurm::ListPart::Pending, now);
    const auto older = slurm::bounded({.account = "def-a", .to = from_unix(1780000000)},
                                      slurm::ListPart::Started, now);

    BOOST_TEST((narrowed.from == now - std::chrono::days{90}));
    BOOST_TEST(!whole.from.has_value());
    BOOST_TEST(!waiting.from.has_value());
    const auto far =
        slurm::bounded({.account = "def-a", .from = from_unix(1)}, slurm::ListPart::Started, now);
    BOOST_TEST((far.from == now - std::chrono::days{366}));
    BOOST_TEST((older.from == from_unix(1780000000) - std::chrono::days{90}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::sql
