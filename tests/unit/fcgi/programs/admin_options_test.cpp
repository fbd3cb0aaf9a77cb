#include "fcgi/programs/admin_options.h"

#include <boost/test/unit_test.hpp>

#include "fcgi/programs/command_line.h"

using namespace portal;

namespace {

AdminOptions parse(const std::string& line) {
    std::vector<std::string> words;
    std::size_t begin = 0;
    while (begin < line.size()) {
        const auto end = std::min(line.find(' ', begin), line.size());
        words.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return parse_admin_options(words);
}

const std::string kFiles = " --config c --secrets s";

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_options)

BOOST_AUTO_TEST_CASE(a_token_is_described_by_its_options) {
    const AdminOptions options = parse(
        "token create --name prolog --scope jobscripts:write --scope admin --days 30 "
        "--network 10.0.0.0/8" +
        kFiles);

    BOOST_TEST((options.command == AdminOptions::Command::CreateToken));
    BOOST_TEST(options.name == "prolog");
    BOOST_TEST(options.scopes.size() == 2U);
    BOOST_TEST(options.lifetime.count() == 30 * 86400);
    BOOST_TEST(options.networks == "10.0.0.0/8");
    BOOST_TEST(options.config_file == "c");
    BOOST_TEST(options.secrets_file == "s");
}

BOOST_AUTO_TEST_CASE(the_other_commands_are_known) {
    using Command = AdminOptions::Command;
    BOOST_TEST((parse("migrate" + kFiles).command == Command::Migrate));
    BOOST_TEST((parse("token list" + kFiles).command == Command::ListTokens));
    BOOST_TEST(parse("token revoke 7" + kFiles).id == 7U);
    BOOST_TEST(parse("import-django --source f" + kFiles).source_file == "f");
    BOOST_TEST((parse("--help").command == Command::Help));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_understood_is_refused) {
    for (const std::string wrong :
         {"", "migrate", "migrate --config c", "migrate --secrets s", "token", "token make",
          "token revoke", "token revoke x --config c --secrets s", "token create --config c",
          "migrate --config c --secrets s --name x", "drop --config c --secrets s",
          "import-django --config c --secrets s"}) {
        BOOST_CHECK_THROW(parse(wrong), UsageError);
    }
    for (const std::string wrong :
         {"", " --name", " --name x --scope all", " --name x --days 0", " --name x --days 99999",
          " --name x --network here", " --name x --network 10.0.0.0/40", " --token x"}) {
        BOOST_CHECK_THROW(parse("token create" + kFiles + wrong), UsageError);
    }
}

BOOST_AUTO_TEST_CASE(summarize_takes_whole_days) {
    const auto with = [](const std::string& from, const std::string& to) {
        return parse("summarize --config a --secrets b --again --from=" + from + " --to=" + to);
    };
    const AdminOptions read = with("2026-01-31", "2026-02-28");

    BOOST_TEST(unix_seconds(read.ended.from) == 1769817600);
    BOOST_TEST((read.ended.length() == 29 * kDay));
    BOOST_TEST(read.again);
    BOOST_TEST((with("2026-01-31", "2026-01-31").ended.length() == kDay));
    for (const char* odd : {"2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "yesterday", "",
                            "2026-01-0a", "2026/01/01"}) {
        BOOST_CHECK_THROW(with(odd, "2027-01-01"), UsageError);
    }
    BOOST_CHECK_THROW(with("2026-02-01", "2026-01-31"), UsageError);
}

BOOST_AUTO_TEST_SUITE_END()
