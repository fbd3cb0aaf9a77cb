#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fcgi/base/result.h"
#include "fcgi/base/time.h"
#include "fcgi/base/units.h"
#include "handlers/sources/shared_memory.h"

namespace portal {

/// An answer and how long ago it was made.
struct KeptAnswer {
    std::string text;
    Seconds age{0};
};

/// Answers that everybody may see, kept for all workers together, so that any number of visitors
/// costs the sources one question in a while. Made before the fork, in shared memory; a place that
/// a worker was filling when it died is empty afterwards.
class SharedAnswers {
 public:
    using Make = std::function<Result<std::string>()>;

    static constexpr std::size_t kLongest = 128 * 1024;  ///< longer answers are not kept

    /// As many answers as `places`. Throws std::system_error if there is no memory. `clock`
    /// outlives this.
    SharedAnswers(const Clock& clock, std::size_t places);

    /// What is kept at `place` if it is younger than `fresh`; else what `make` returns, which is
    /// then kept. While another worker makes it this one waits for it, `patience` at most, and
    /// then makes its own. Errors are those of `make` and are not kept.
    [[nodiscard]] Result<KeptAnswer> get(std::size_t place, Seconds fresh, const Make& make,
                                         Milliseconds patience = Milliseconds{1000});

    [[nodiscard]] std::size_t places() const { return places_; }

 private:
    struct Place;

    [[nodiscard]] Place& at(std::size_t place) const;
    [[nodiscard]] std::optional<KeptAnswer> kept(std::size_t place, Seconds fresh) const;
    void keep(std::size_t place, const std::string& text) const;

    const Clock& clock_;
    std::size_t places_;
    SharedMemory memory_;
};

}  // namespace portal
