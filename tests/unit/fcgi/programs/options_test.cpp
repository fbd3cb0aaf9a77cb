#include "fcgi/programs/options.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace portal;

namespace {

Options parse(const std::vector<std::string>& words) {
    return parse_options(words);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(options)

BOOST_AUTO_TEST_CASE(serve_takes_files_socket_and_workers) {
    const Options read = parse({"serve", "--config", "a", "--secrets", "b", "--listen", "fd:0",
                                "--workers", "3", "--identity-from-environment"});

    BOOST_TEST((read.command == Options::Command::Serve));
    BOOST_TEST(read.config_file == "a");
    BOOST_TEST(read.secrets_file == "b");
    BOOST_TEST(read.listen == "fd:0");
    BOOST_TEST(read.workers == 3U);
    BOOST_TEST(read.identity_from_environment);
}

BOOST_AUTO_TEST_CASE(background_takes_files_and_no_socket) {
    const Options read = parse({"background", "--config", "a", "--secrets", "b", "--check-only"});

    BOOST_TEST((read.command == Options::Command::Background));
    BOOST_TEST(read.check_only);
    BOOST_CHECK_THROW(parse({"background", "--config", "a", "--secrets", "b", "--listen", "fd:0"}),
                      UsageError);
}

BOOST_AUTO_TEST_CASE(routes_needs_no_files) {
    BOOST_TEST((parse({"routes"}).command == Options::Command::Routes));
}

BOOST_AUTO_TEST_CASE(anything_else_is_a_usage_error) {
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"start"},
        {"serve"},
        {"serve", "--config"},
        {"serve", "--config", "a", "--secrets", "b"},
        {"serve", "--config", "a", "--secrets", "b", "--listen", "fd:0", "--workers", "0"},
        {"serve", "--config", "a", "--secrets", "b", "--listen", "fd:0", "--workers", "many"},
        {"check-config", "--config", "a", "--secrets", "b", "--listen", "fd:0"},
        {"routes", "--config", "a"},
        {"--version", "--now"},
    };
    for (const auto& words : wrong) BOOST_CHECK_THROW(parse(words), UsageError);
}

BOOST_AUTO_TEST_CASE(a_usage_error_says_what_is_wrong) {
    const std::pair<std::vector<std::string>, const char*> wrong[] = {
        {{"serve", "--config"}, "--config needs a value"},
        {{"serve", "--conf", "a"}, "unknown option --conf"},
        {{"serve", "--Config", "a"}, "unknown option --Config"},
        {{"serve", "-c", "a"}, "unknown option -c"},
        {{"serve", "now"}, "unknown option now"},
        {{"serve", "--"}, "unknown option --"},
        {{"serve", "--check-only=1"}, "--check-only=1 takes no value"},
        {{"serve", "--config", "", "--secrets", "b"}, "--config is missing"},
        {{"serve", "--secrets", "b", "--listen", "fd:0"}, "--config is missing"},
        {{"check-config", "--config", "a"}, "--secrets is missing"},
        {{"serve", "--config", "a", "--secrets", "b"}, "--listen is missing"},
        {{"serve", "--workers", "x"}, "--workers needs a number from 1 to 512"},
        {{"start"}, "unknown command start"},
        {{}, "a command is expected"},
    };
    for (const auto& sample : wrong) {
        BOOST_CHECK_EXCEPTION(parse(sample.first), UsageError, [&](const UsageError& error) {
            BOOST_TEST(std::string(error.what()) == sample.second);
            return true;
        });
    }
}

BOOST_AUTO_TEST_CASE(a_value_may_follow_an_equals_sign_and_the_last_one_counts) {
    const Options read = parse({"check-config", "--config=x=y", "--secrets=b", "--secrets", "-c"});

    BOOST_TEST(read.config_file == "x=y");
    BOOST_TEST(read.secrets_file == "-c");
}

BOOST_AUTO_TEST_SUITE_END()
