#include "handlers/sources/shared_answers.h"

#include <array>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <utility>

namespace portal {
namespace {

constexpr auto kGlance = std::chrono::milliseconds{3};  // between two looks at a place in work

}  // namespace

struct SharedAnswers::Place {
    std::int64_t made_at;  ///< Unix seconds; 0: empty
    std::uint64_t size;
    std::array<char, kLongest> text;
};

SharedAnswers::SharedAnswers(const Clock& clock, std::size_t places)
    : clock_(clock), places_(places), memory_("userportal-answers", places * sizeof(Place)) {}

SharedAnswers::Place& SharedAnswers::at(std::size_t place) const {
    if (place >= places_) throw std::logic_error("there is no such place for an answer");
    return static_cast<Place*>(memory_.data())[place];
}

std::optional<KeptAnswer> SharedAnswers::kept(std::size_t place, Seconds fresh) const {
    const Place& here = at(place);
    const Seconds age{unix_seconds(clock_.now()) - here.made_at};
    const bool young = age.count() >= 0 && age < fresh;  // a clock set back makes it old
    if (here.made_at == 0 || !young || here.size > kLongest) return std::nullopt;
    return KeptAnswer{std::string(here.text.data(), here.size), age};
}

void SharedAnswers::keep(std::size_t place, const std::string& text) const {
    if (text.size() > kLongest) return;
    Place& here = at(place);
    here.made_at = 0;  // whoever dies in the middle leaves it empty
    std::memcpy(here.text.data(), text.data(), text.size());
    here.size = text.size();
    here.made_at = unix_seconds(clock_.now());
}

Result<KeptAnswer> SharedAnswers::get(std::size_t place, Seconds fresh, const Make& make,
                                      Milliseconds patience) {
    const auto made = [&](bool keeps) -> Result<KeptAnswer> {
        auto answer = make();
        if (!answer.ok()) return answer.error();
        if (keeps) keep(place, answer.value());
        return KeptAnswer{std::move(answer).value(), Seconds{0}};
    };
    const auto end = std::chrono::steady_clock::now() + patience;
    do {
        const SharedMemory::Lock lock(memory_, place);
        if (lock.held()) {
            if (auto found = kept(place, fresh)) return std::move(*found);
            return made(true);
        }
        std::this_thread::sleep_for(kGlance);
    } while (std::chrono::steady_clock::now() < end);
    return made(false);
}

}  // namespace portal
