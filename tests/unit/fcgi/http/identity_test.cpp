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
         {"alice", "alice@", "@alliancecan.ca", "a@b@alliancecan.ca", "alice@evil.ca",
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

BOOST_AUTO_TEST_CASE(a_login_has_at_most_32_plain_characters) {
    BOOST_TEST(parse_username(std::string(32, 'a')).has_value());
    BOOST_TEST(!parse_username(std::string(33, 'a')).has_value());
    BOOST_TEST(!parse_username("").has_value());
    BOOST_TEST(!parse_username(".hidden").has_value());
    BOOST_TEST(!parse_username("caf\xc3\xa9").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
