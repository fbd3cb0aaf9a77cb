#include "fcgi/http/identity.h"

#include <boost/test/unit_test.hpp>

#include "fcgi/base/login.h"

using namespace portal;

namespace {

IdentitySettings site() {
    IdentitySettings settings;
    settings.auth_types = {"shibboleth"};
    settings.domains = {"computecanada.ca", "alliancecan.ca"};
    settings.staff = {"staff@computecanada.ca"};
    return settings;
}

SignIn sign_in(const char* user, const char* type = "shibboleth") {
    return read_identity({type, user, "", ""}, site()).sign_in;
}

bool is_staff(const char* affiliation) {
    return read_identity({"shibboleth", "a@alliancecan.ca", affiliation, ""}, site()).viewer.staff;
}

}  // namespace

namespace portal {
std::ostream& boost_test_print_type(std::ostream& out, SignIn value) {
    return out << static_cast<int>(value);
}
}  // namespace portal

BOOST_AUTO_TEST_SUITE(identity)

BOOST_AUTO_TEST_CASE(a_user_of_an_accepted_domain_is_known_by_the_login) {
    const auto read = read_identity({"shibboleth", "alice@alliancecan.ca", "", ""}, site());

    BOOST_TEST(read.sign_in == SignIn::Accepted);
    BOOST_TEST(read.viewer.login.value == "alice");
    BOOST_TEST(!read.viewer.staff);
}

BOOST_AUTO_TEST_CASE(an_empty_user_is_nobody) {
    BOOST_TEST(sign_in("") == SignIn::Nobody);
}

BOOST_AUTO_TEST_CASE(a_session_without_a_user_is_somebody_without_a_name) {
    const auto read = read_identity({"shibboleth", "", "staff@computecanada.ca", "_1234"}, site());

    BOOST_TEST(read.sign_in == SignIn::Nameless);
    BOOST_TEST(!read.viewer.staff);
}

BOOST_AUTO_TEST_CASE(anything_but_one_login_of_one_accepted_domain_is_refused) {
    for (const char* user :
         {"alice", "alice@", "@alliancecan.ca", "alice@alliancecan.ca@evil.ca", "alice@evil.ca",
          "alice@alliancecan.ca.evil", "alice@AllianceCan.ca", "-rf@alliancecan.ca",
          "a b@alliancecan.ca", "a/b@alliancecan.ca", "..@alliancecan.ca"}) {
        BOOST_TEST(sign_in(user) == SignIn::Refused, user);
    }
    BOOST_TEST(sign_in("alice@alliancecan.ca", "Basic") == SignIn::Refused);
    BOOST_TEST(sign_in("alice@alliancecan.ca", "") == SignIn::Refused);
}

BOOST_AUTO_TEST_CASE(a_bare_login_needs_a_default_domain) {
    auto settings = site();
    settings.default_domain = "computecanada.ca";

    BOOST_TEST(read_identity({"shibboleth", "alice", "", ""}, settings).sign_in ==
               SignIn::Accepted);
}

BOOST_AUTO_TEST_CASE(staff_is_a_whole_value_of_the_affiliation) {
    BOOST_TEST(is_staff("staff@computecanada.ca"));
    BOOST_TEST(is_staff("member@computecanada.ca;staff@computecanada.ca"));
    for (const char* affiliation :
         {"", ";", "nonstaff@computecanada.ca", "staff@computecanada.ca.evil",
          "member\\;staff@computecanada.ca", "STAFF@computecanada.ca", " staff@computecanada.ca"}) {
        BOOST_TEST(!is_staff(affiliation), affiliation);
    }
}

BOOST_AUTO_TEST_CASE(a_login_with_a_domain_of_its_own_is_not_the_one_before_it) {
    const auto read =
        read_identity({"shibboleth", "alice@corp.example@alliancecan.ca", "", ""}, site());

    BOOST_TEST(read.sign_in == SignIn::Accepted);
    BOOST_TEST(read.viewer.login.value == "alice@corp.example");
}

BOOST_AUTO_TEST_CASE(a_login_is_what_sites_have) {
    for (const char* login :
         {"ad.user@corp.example.org", "o'brien", "a+b", "a~b", "Demo", "host$",
          "a_login_name_of_more_than_thirty_two_letters", "josé", "Łukasz", "李", "_svc", "1234"}) {
        BOOST_TEST(parse_username(login).has_value(), login);
    }
    BOOST_TEST(parse_username(std::string(64, 'a')).has_value());
}

BOOST_AUTO_TEST_CASE(a_login_is_no_path_no_list_and_nothing_that_cannot_be_seen) {
    for (const char* login : {"",
                              ".hidden",
                              "-rf",
                              "..",
                              "a/b",
                              "a\\b",
                              "a b",
                              "a\tb",
                              "a\nb",
                              "a,b",
                              "a;b",
                              "a:b",
                              "a*",
                              "a?",
                              "a#b",
                              "a%b",
                              "a&b",
                              "a=b",
                              "(a",
                              "a)",
                              "a|b",
                              "a\"b",
                              "a<b",
                              "a`b",
                              "{a}",
                              "caf\xe9",
                              "a\xc2\xa0",
                              "a\xe2\x80\xae",
                              "a\xe2\x80\x8b",
                              "\xef\xbb\xbfz",
                              "\xef\xbd\x81",
                              "a\xc2\xad",
                              "a\xd8\x9c",
                              "a\xe1\x9a\x80",
                              "a\xf0\x9f\x98\x80",
                              "a\xf4\x8f\xbf\xbd",
                              "a\xc2\x85"}) {
        BOOST_TEST(!parse_username(login).has_value(), login);
    }
    BOOST_TEST(!parse_username(std::string(65, 'a')).has_value());
}

BOOST_AUTO_TEST_CASE(logins_are_compared_without_the_case_of_ascii) {
    BOOST_TEST(same_login("Demo", "dEMO"));
    BOOST_TEST(!same_login("demo", "dem0"));
    BOOST_TEST(!same_login("jos\xc3\xa9", "jos\xc3\x89"));
}

BOOST_AUTO_TEST_SUITE_END()
