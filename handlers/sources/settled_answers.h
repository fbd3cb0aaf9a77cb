#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "handlers/sources/shared_memory.h"

namespace portal {

/// Answers that never change any more, kept for all workers and readers under a key that names all
/// they depend on. Made before the fork, in shared memory of a fixed size: the oldest go when it is
/// full, and all go with the pool. Who may see an answer is checked before it is looked for.
class SettledAnswers {
 public:
    static constexpr std::size_t kLongest = std::size_t{1} << 20U;  ///< longer ones are not kept

    struct Counts {
        std::uint64_t found = 0;
        std::uint64_t missed = 0;
        std::uint64_t kept = 0;  ///< answers put in since the pool began
    };

    /// `room`: bytes of all answers; 0: none are kept. Throws std::system_error if there is no
    /// memory.
    explicit SettledAnswers(std::size_t room);

    /// The answer kept under the key, if it is still there.
    [[nodiscard]] std::optional<std::string> find(std::string_view key);
    void keep(std::string_view key, std::string_view text);
    [[nodiscard]] Counts counts() const;

 private:
    struct Head;
    class Turn;

    [[nodiscard]] Head& head() const;
    [[nodiscard]] char* at(std::uint64_t position) const;
    void put(std::uint64_t position, std::string_view bytes) const;
    [[nodiscard]] std::optional<std::string> read(std::string_view key) const;

    std::size_t room_;
    SharedMemory memory_;
};

}  // namespace portal
