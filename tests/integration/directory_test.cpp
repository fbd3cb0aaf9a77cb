#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <stdexcept>

#include "handlers/sources/ldap/ldap_directory.h"
#include "tests/integration/lab.h"
#include "tests/integration/slow_server.h"

namespace portal::ldap {
namespace {

using std::chrono::milliseconds;

std::string branch() {
    return "ou=test" + std::to_string(::getpid()) + ",dc=computecanada,dc=local";
}

/// Runs one of the LDAP tools as the lab's administrator, with some input.
void as_administrator(const std::string& tool, const std::string& input) {
    const std::string command = tool + " -x -H '" + test::lab_variable("LAB_LDAP") +
                                "' -D cn=admin,dc=computecanada,dc=local -y '" +
                                test::lab_variable("LAB_STATE") + "/secrets/ldap' >/dev/null";
    FILE* pipe = ::popen(command.c_str(), "w");
    std::fwrite(input.data(), 1, input.size(), pipe);
    if (::pclose(pipe) != 0) throw std::runtime_error(tool + " failed");
}

std::string person(const std::string& name, const std::string& login, const std::string& uid) {
    return "dn: cn=" + name + "," + branch() +
           "\nobjectClass: inetOrgPerson\nobjectClass: posixAccount\nsn: x\ncn: " + name +
           "\nuid: " + login + "\nuidNumber: " + uid + "\ngidNumber: 1\nhomeDirectory: /\n\n";
}

/// One entry more than anybody asks for, all with one number.
std::string eleven() {
    std::string all;
    for (int i = 10; i <= 20; ++i) {
        all += person("Many " + std::to_string(i), "many" + std::to_string(i), "7010");
    }
    return all;
}

/// An award that was renewed in another entry, with other members.
std::string award(const std::string& name, const std::string& number, const std::string& rest) {
    return "dn: cn=" + name + "+gidNumber=" + number + "," + branch() +
           "\nobjectClass: posixGroup\nobjectClass: ccAllocation\ncn: " + name +
           "\ngidNumber: " + number + "\nccRapStatus: active\n" + rest + "\n\n";
}

std::string renewed() {
    return award("rrg-Two", "71", "memberUid: anna\nccResource: a:lab-compute:core_equivalent=10") +
           award("rrg-two", "72",
                 "memberUid: ben\nmemberUid: anna\nccResource: a:lab-gpu:gpu_equivalent=4");
}

/// Named by the second of its logins.
std::string two_logins() {
    return "dn: uid=nouid," + branch() +
           "\nobjectClass: inetOrgPerson\nobjectClass: posixAccount\nsn: x\ncn: Two\n"
           "uid: z.alias\nuid: nouid\nuidNumber: 7004\ngidNumber: 1\nhomeDirectory: /\n\n";
}

/// An account needs a number, so this one has too many of them for one person: two entries.
std::string numberless() {
    return person("Less 1", "numberless", "7008") + person("Less 2", "numberless", "7009");
}

/// Named by the second of its names; its member is one of two logins of a person.
std::string renamed_group() {
    return "dn: cn=def-two," + branch() +
           "\nobjectClass: posixGroup\nobjectClass: ccAllocation\ncn: def-old\ncn: def-two\n"
           "gidNumber: 7\nmemberUid: z.alias\nccRapStatus: active\n\n";
}

std::string allocation(const std::string& group, const std::string& rest) {
    return "dn: cn=" + group + "," + branch() +
           "\nobjectClass: posixGroup\nobjectClass: ccAllocation\ncn: " + group +
           "\ngidNumber: 7\nmemberUid: anna\nmemberUid: ben\n" + rest + "\n\n";
}

/// People and groups below a branch of their own, in the lab's directory.
struct Branch {
    Branch() {
        as_administrator(
            "ldapadd",
            "dn: " + branch() + "\nobjectClass: organizationalUnit\nou: test" +
                std::to_string(::getpid()) + "\n\n" + person("Anna A", "anna", "7001") +
                person("Ben B", "ben", "7002") + person("Twin 1", "twin", "7003") +
                person("Twin 2", "twin", "7003") + two_logins() + person("Odd O", "a b/c", "7005") +
                person("Ad A", "ad.o'user+x@corp.example.org", "7006") + numberless() +
                renamed_group() + eleven() + renewed() +
                allocation("def-anna",
                           "ccRapStatus: active\n"
                           "ccResource: a:lab-storage:project_storage_tb=2:inode_quota=0.5\n"
                           "ccResource: a:lab-compute:core_equivalent=10:expired=1\n"
                           "ccResource: a:lab-gpu:gpu_equivalent=4") +
                allocation("rrg-old", "ccRapStatus: expired"));
    }
    ~Branch() {
        try {
            as_administrator("ldapdelete -r", branch() + "\n");
        } catch (const std::runtime_error& error) {
            BOOST_TEST_MESSAGE(error.what());
        }
    }
};

Settings settings() {
    Settings settings;
    settings.url = test::lab_variable("LAB_LDAP");
    settings.timeout = milliseconds{20'000};
    settings.people_base = branch();
    settings.groups_base = branch();
    settings.storage_resource = "lab-storage";
    settings.compute_resource = "lab";
    return settings;
}

struct Fixture {
    Branch branch;
    LdapDirectory directory{settings()};
};

Fault fault_from(const std::string& url) {
    Settings slow = settings();
    slow.url = url;
    slow.timeout = milliseconds{300};
    LdapDirectory directory(slow);
    const auto answer = directory.by_uid(Uid{1});
    BOOST_TEST_REQUIRE(!answer.ok());
    return answer.error().fault;
}

std::string local(std::uint16_t port) {
    return "ldap://127.0.0.1:" + std::to_string(port);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(directory, Fixture)

BOOST_AUTO_TEST_CASE(finds_people_both_ways) {
    const auto by_login = directory.by_login(Username{"anna"});
    const auto by_uid = directory.by_uid(Uid{7002});

    BOOST_TEST_REQUIRE((by_login.ok() && by_uid.ok()));
    BOOST_TEST(by_login.value().value().uid.value == 7001U);
    BOOST_TEST(by_login.value().value().name == "Anna A");
    BOOST_TEST(by_uid.value().value().login.value == "ben");
}

BOOST_AUTO_TEST_CASE(finds_nobody_by_a_pattern) {
    for (const char* login : {"*", " anna", "an na", "a*", "x)(uid=anna", "nobody"}) {
        const auto found = directory.by_login(Username{login});

        BOOST_TEST_REQUIRE(found.ok());
        BOOST_TEST(!found.value().has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_login_in_another_case_is_the_entrys) {
    BOOST_TEST(directory.by_login(Username{"ANNA"}).value().value().login.value == "anna");
}

BOOST_AUTO_TEST_CASE(an_entry_that_cannot_be_used_is_nobody_and_no_outage) {
    for (const char* login : {"twin", "numberless"}) {
        const auto found = directory.by_login(Username{login});
        BOOST_TEST_REQUIRE(found.ok(), login);
        BOOST_TEST(!found.value().has_value(), login);
    }
    for (const std::uint32_t uid : {7003U, 7005U, 7010U}) {
        const auto found = directory.by_uid(Uid{uid});
        BOOST_TEST_REQUIRE(found.ok());
        BOOST_TEST(!found.value().has_value(), uid);
    }
}

BOOST_AUTO_TEST_CASE(of_two_logins_the_one_in_the_entrys_name_counts) {
    for (const char* login : {"nouid", "z.alias", "Z.ALIAS"}) {
        const auto found = directory.by_login(Username{login});
        BOOST_TEST(found.value().value().login.value == "nouid", login);
    }
    const auto found = directory.by_uid(Uid{7004}).value().value();
    BOOST_TEST(found.login.value == "nouid");
    BOOST_TEST(found.logins == (std::vector<std::string>{"nouid", "z.alias"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_person_is_a_member_under_each_login_of_a_group_by_its_entrys_name) {
    for (const char* login : {"nouid", "z.alias"}) {
        const auto found = directory.allocations_of(Username{login});
        BOOST_TEST_REQUIRE(found.ok(), login);
        BOOST_TEST_REQUIRE(found.value().size() == 1U, login);
        BOOST_TEST(found.value().front().group == "def-two");
    }
}

BOOST_AUTO_TEST_CASE(finds_logins_as_sites_have_them) {
    const auto found = directory.by_uid(Uid{7006});

    BOOST_TEST(found.value().value().login.value == "ad.o'user+x@corp.example.org");
    BOOST_TEST(directory.by_login(Username{"ad.o'user+x@corp.example.org"}).value().has_value());
}

BOOST_AUTO_TEST_CASE(several_entries_of_one_group_are_one_allocation_whatever_the_case) {
    const auto found = directory.allocation("RRG-TWO");
    const auto mine = directory.allocations_of(Username{"anna"});

    BOOST_TEST_REQUIRE((found.ok() && mine.ok() && found.value()));
    BOOST_TEST(found.value()->members.size() == 2U);
    BOOST_TEST(found.value()->resources.core_equivalent.value() == 10.0);
    BOOST_TEST(found.value()->resources.gpu_equivalent.value() == 4.0);
    BOOST_TEST_REQUIRE(mine.value().size() == 2U);
    BOOST_TEST(mine.value()[1].members.size() == 2U);
    BOOST_TEST(mine.value()[1].resources.core_equivalent.value() == 10.0);
    BOOST_TEST(mine.value()[1].resources.gpu_equivalent.value() == 4.0);
}

BOOST_AUTO_TEST_CASE(reads_active_allocations_only) {
    const auto mine = directory.allocations_of(Username{"anna"});
    const auto none = directory.allocations_of(Username{"twin"});
    const auto old = directory.allocation("rrg-old");

    BOOST_TEST_REQUIRE((mine.ok() && none.ok() && old.ok()));
    BOOST_TEST_REQUIRE(mine.value().size() == 2U);
    const Allocation& first = mine.value().front();
    BOOST_TEST(first.group == "def-anna");
    BOOST_TEST(first.members.size() == 2U);
    BOOST_TEST(first.resources.project_storage.value().count == 2ULL << 40U);
    BOOST_TEST(first.resources.project_inodes.value() == 500000.0);
    BOOST_TEST(first.resources.gpu_equivalent.value() == 4.0);
    BOOST_TEST(!first.resources.core_equivalent.has_value());
    BOOST_TEST(none.value().empty());
    BOOST_TEST(!old.value().has_value());
}

BOOST_AUTO_TEST_CASE(finds_an_allocation_by_its_group) {
    const auto found = directory.allocation("def-anna");
    const auto pattern = directory.allocation("def-*");

    BOOST_TEST_REQUIRE((found.ok() && pattern.ok()));
    BOOST_TEST(found.value().value().resources.gpu_equivalent.value() == 4.0);
    BOOST_TEST(!pattern.value().has_value());
}

BOOST_AUTO_TEST_CASE(a_name_without_password_is_refused_before_asking) {
    Settings careless = settings();
    careless.bind_dn = "cn=admin,dc=computecanada,dc=local";
    LdapDirectory unbound(careless);

    const auto answer = unbound.by_uid(Uid{7001});

    BOOST_TEST_REQUIRE(!answer.ok());
    BOOST_TEST((answer.error().fault == Fault::Rejected));
}

BOOST_AUTO_TEST_CASE(servers_that_say_nothing_or_drip_are_given_up) {
    const test::SlowServer silent("", milliseconds{10});
    const std::string promise = std::string("\x30\x84\x00\x00\x40\x00", 6) + std::string(4000, 'x');
    const test::SlowServer dripping(promise, milliseconds{10});

    BOOST_TEST((fault_from(local(silent.port())) == Fault::Timeout));
    BOOST_TEST((fault_from(local(dripping.port())) == Fault::Timeout));
    BOOST_TEST(dripping.sent() < promise.size() / 4);
}

BOOST_AUTO_TEST_CASE(nonsense_is_no_answer) {
    const test::SlowServer nonsense("HTTP/1.1 400 Bad Request\r\n\r\n", milliseconds{1});

    fault_from(local(nonsense.port()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::ldap
