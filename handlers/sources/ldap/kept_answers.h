#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <utility>

namespace portal::ldap {

/// Answers by question, at most kMost of them: the one used longest ago makes room.
template <class Key, class Answer>
class KeptAnswers {
 public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::size_t kMost = 4096;

    struct Kept {
        Answer answer;
        Time fresh_until{};
        Time used{};
    };

    /// The answer, fresh or not; null if there is none.
    [[nodiscard]] Kept* find(const Key& key, Time now) {
        const auto found = kept_.find(key);
        if (found == kept_.end()) return nullptr;
        found->second.used = now;
        return &found->second;
    }

    /// Keeps an answer, replacing an older one.
    void put(const Key& key, Answer answer, Time now, std::chrono::seconds fresh) {
        if (kept_.size() >= kMost && kept_.find(key) == kept_.end()) drop_oldest();
        kept_.insert_or_assign(key, Kept{std::move(answer), now + fresh, now});
    }

    [[nodiscard]] std::size_t size() const { return kept_.size(); }

 private:
    void drop_oldest() {
        const auto older = [](const auto& a, const auto& b) {
            return a.second.used < b.second.used;
        };
        kept_.erase(std::min_element(kept_.begin(), kept_.end(), older));
    }

    std::map<Key, Kept> kept_;
};

}  // namespace portal::ldap
