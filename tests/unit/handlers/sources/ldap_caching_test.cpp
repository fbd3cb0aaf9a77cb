#include <boost/test/unit_test.hpp>

#include "handlers/sources/ldap/caching_directory.h"
#include "handlers/sources/ldap/connection.h"
#include "tests/fakes/fake_directory.h"

namespace portal::ldap {
namespace {

using std::chrono::seconds;

class HandClock final : public Clock {
 public:
    std::chrono::steady_clock::time_point time{};

    [[nodiscard]] Instant now() const override { return from_unix(0); }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return time; }
};

struct Fixture {
    Fixture() : directory(inner, clock) {
        inner.people = {{Username{"alice"}, Uid{1001}, "Alice"}};
        inner.groups = {{"def-a", {"alice"}, {}}};
    }
    void go_away(Fault fault) { inner.away = SourceError{SourceId::Ldap, fault, ""}; }

    HandClock clock;
    fakes::FakeDirectory inner;
    CachingDirectory directory;
};

const Username kAlice{"alice"};
const Username kNobody{"nobody"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(ldap_caching, Fixture)

BOOST_AUTO_TEST_CASE(asks_once_about_a_person) {
    BOOST_TEST(directory.by_login(kAlice).value()->uid.value == 1001U);
    BOOST_TEST(directory.by_login(kAlice).value()->uid.value == 1001U);
    BOOST_TEST(directory.by_uid(Uid{1001}).value()->login.value == "alice");

    BOOST_TEST(inner.asked == 1);
}

BOOST_AUTO_TEST_CASE(a_person_who_was_added_is_seen_after_half_a_minute) {
    BOOST_TEST(!directory.by_login(kNobody).value().has_value());
    inner.people.push_back({kNobody, Uid{7}, ""});

    clock.time += seconds{29};
    BOOST_TEST(!directory.by_login(kNobody).value().has_value());
    clock.time += seconds{2};
    BOOST_TEST(directory.by_login(kNobody).value().has_value());
}

BOOST_AUTO_TEST_CASE(a_known_person_is_served_while_ldap_is_away) {
    BOOST_TEST(directory.by_login(kAlice).ok());
    go_away(Fault::Timeout);
    clock.time += seconds{7200};

    const auto answer = directory.by_login(kAlice);

    BOOST_TEST_REQUIRE(answer.ok());
    BOOST_TEST(answer.value()->uid.value == 1001U);
    BOOST_TEST(!directory.by_login(kNobody).ok());
}

BOOST_AUTO_TEST_CASE(ldap_that_is_away_is_not_asked_each_time) {
    BOOST_TEST(directory.by_login(kAlice).ok());
    go_away(Fault::Timeout);
    clock.time += seconds{7200};
    const int before = inner.asked;

    for (int i = 0; i < 10; ++i) BOOST_TEST(directory.by_login(kAlice).ok());

    BOOST_TEST(inner.asked == before + 1);
}

BOOST_AUTO_TEST_CASE(a_person_who_left_is_gone_after_five_minutes) {
    BOOST_TEST(directory.by_login(kAlice).value().has_value());
    inner.people.clear();

    clock.time += seconds{301};

    BOOST_TEST(!directory.by_login(kAlice).value().has_value());
}

BOOST_AUTO_TEST_CASE(an_ambiguous_login_is_refused_even_if_it_was_known) {
    BOOST_TEST(directory.by_login(kAlice).ok());
    go_away(Fault::Rejected);
    clock.time += seconds{301};

    BOOST_TEST(!directory.by_login(kAlice).ok());
}

BOOST_AUTO_TEST_CASE(a_membership_is_kept_a_minute_and_never_longer) {
    BOOST_TEST(directory.allocations_of(kAlice).value().size() == 1U);
    BOOST_TEST(directory.allocation("def-a").value().has_value());
    go_away(Fault::Unreachable);

    clock.time += seconds{59};
    BOOST_TEST(directory.allocations_of(kAlice).ok());
    clock.time += seconds{2};
    BOOST_TEST(!directory.allocations_of(kAlice).ok());
    BOOST_TEST(!directory.allocation("def-a").ok());
}

BOOST_AUTO_TEST_CASE(keeps_no_more_than_its_bound) {
    KeptAnswers<std::uint32_t, int> kept;
    for (std::uint32_t key = 0; key < 5000; ++key) {
        kept.put(key, 1, clock.time + seconds{key}, seconds{60});
    }

    BOOST_TEST(kept.size() == (KeptAnswers<std::uint32_t, int>::kMost));
    BOOST_TEST(kept.find(0, clock.time) == nullptr);
    BOOST_TEST(kept.find(4999, clock.time) != nullptr);
}

BOOST_AUTO_TEST_CASE(a_value_cannot_change_a_filter) {
    BOOST_TEST(escape_filter("alice") == "alice");
    BOOST_TEST(escape_filter("u5)(uid=*") == "u5\\29\\28uid=\\2a");
    BOOST_TEST(escape_filter("a\\b") == "a\\5cb");
    BOOST_TEST(escape_filter(std::string("a\0\xC3\xA9 ", 5)) == "a\\00\\c3\\a9\\20");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::ldap
