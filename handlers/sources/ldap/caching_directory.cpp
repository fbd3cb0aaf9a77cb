#include "handlers/sources/ldap/caching_directory.h"

#include <utility>

namespace portal::ldap {
namespace {

constexpr std::chrono::seconds kPerson{300};
constexpr std::chrono::seconds kNobody{30};
constexpr std::chrono::seconds kAllocation{60};
constexpr std::chrono::seconds kAskAgain{5};

std::chrono::seconds fresh_time(const std::optional<Person>& found) {
    return found ? kPerson : kNobody;
}

/// True if the directory is away, rather than refusing the question.
bool is_away(const SourceError& error) {
    return error.fault != Fault::Rejected;
}

/// The kept answer about a person, a new one, or while the directory is away the last one.
template <class Key, class Ask>
Result<std::optional<Person>> person(KeptAnswers<Key, std::optional<Person>>& answers,
                                     const Key& key, const Clock& clock, Ask ask) {
    const auto now = clock.steady();
    auto* kept = answers.find(key, now);
    if (kept != nullptr && now < kept->fresh_until) return kept->answer;
    auto answer = ask();
    if (answer.ok()) {
        answers.put(key, answer.value(), now, fresh_time(answer.value()));
        return answer;
    }
    if (kept == nullptr || !kept->answer || !is_away(answer.error())) return answer;
    kept->fresh_until = now + kAskAgain;
    return kept->answer;
}

/// The kept answer if it is young enough, or a new one; never an old one.
template <class Answer, class Ask>
Result<Answer> young(KeptAnswers<std::string, Answer>& answers, const std::string& key,
                     const Clock& clock, Ask ask) {
    const auto now = clock.steady();
    const auto* kept = answers.find(key, now);
    if (kept != nullptr && now < kept->fresh_until) return kept->answer;
    auto answer = ask();
    if (answer.ok()) answers.put(key, answer.value(), now, kAllocation);
    return answer;
}

}  // namespace

CachingDirectory::CachingDirectory(Directory& inner, const Clock& clock)
    : inner_(inner), clock_(clock) {}

void CachingDirectory::keep(const Person& person) {
    logins_.put(person.login.value, person, clock_.steady(), kPerson);
    uids_.put(person.uid.value, person, clock_.steady(), kPerson);
}

Result<std::optional<Person>> CachingDirectory::by_login(const Username& login) {
    return person(logins_, login.value, clock_, [&] {
        auto answer = inner_.by_login(login);
        if (answer.ok() && answer.value()) keep(*answer.value());
        return answer;
    });
}

Result<std::optional<Person>> CachingDirectory::by_uid(Uid uid) {
    return person(uids_, uid.value, clock_, [&] {
        auto answer = inner_.by_uid(uid);
        if (answer.ok() && answer.value()) keep(*answer.value());
        return answer;
    });
}

Result<std::vector<Allocation>> CachingDirectory::allocations_of(const Username& member) {
    return young(memberships_, member.value, clock_, [&] { return inner_.allocations_of(member); });
}

Result<std::optional<Allocation>> CachingDirectory::allocation(std::string_view group) {
    return young(groups_, std::string(group), clock_, [&] { return inner_.allocation(group); });
}

}  // namespace portal::ldap
