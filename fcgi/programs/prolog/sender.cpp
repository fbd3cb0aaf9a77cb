#include "fcgi/programs/prolog/sender.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>
#include <thread>

#include "fcgi/config/error.h"
#include "fcgi/programs/prolog/file_lock.h"
#include "fcgi/programs/prolog/log.h"
#include "fcgi/programs/prolog/uploader.h"

namespace portal::prolog {
namespace {

constexpr Milliseconds kFirstPause{1000};
constexpr Milliseconds kLongestPause{60'000};
/// A single script may be what the portal stumbles over; several are no chance.
constexpr unsigned kMostFailures = 3;

/// Growing pauses, each a little off so that many hosts do not come back at once.
class Pauses {
 public:
    void reset() { next_ = kFirstPause; }
    void wait() {
        std::uniform_real_distribution<double> spread(0.75, 1.25);
        const double ms = static_cast<double>(next_.count()) * spread(random_);
        std::this_thread::sleep_for(Milliseconds{static_cast<Milliseconds::rep>(ms)});
        next_ = std::min(next_ * 2, kLongestPause);
    }

 private:
    std::minstd_rand random_{std::random_device{}()};
    Milliseconds next_ = kFirstPause;
};

class Sender {
 public:
    Sender(const Settings& settings, const Spool& spool, const State& state)
        : settings_(settings),
          spool_(spool),
          state_(state),
          uploader_(settings, read_token(settings.token_file)) {}

    /// The token may have been replaced because of which nothing is taken.
    void read_token_again() {
        try {
            uploader_.use_token(read_token(settings_.token_file));
        } catch (const ConfigError& error) {
            warn(error.what());
        }
    }

    [[nodiscard]] bool is_empty() const {
        return spool_.queue().empty() && spool_.wanted().empty();
    }

    /// Goes over the spool once; true if something was stored or dropped.
    bool round() {
        for (const JobId id : spool_.wanted()) static_cast<void>(spool_.take(id, state_));
        bool moved = false;
        unsigned failures = 0;
        for (const Spool::Entry& entry : spool_.queue()) {
            if (send(entry)) {
                moved = true;
                failures = 0;
            } else if (++failures == kMostFailures) {
                break;
            }
        }
        return moved;
    }

 private:
    bool send(const Spool::Entry& entry) {
        const std::string job = "the script of job " + std::to_string(entry.job.value);
        if (spool_.too_old(entry)) {
            warn(job + " has waited too long and is dropped");
            spool_.remove(entry);
            return true;
        }
        const auto bytes = spool_.bytes(entry);
        if (!bytes) return true;
        const Upload upload = uploader_.put(entry.job, *bytes);
        if (upload == Upload::Later) {
            if (!failing_) warn("scripts wait in the spool: " + uploader_.problem());
            failing_ = true;
            return false;
        }
        if (upload == Upload::Refused) warn(job + " is dropped: " + uploader_.problem());
        if (failing_) tell("the portal takes scripts again");
        failing_ = false;
        spool_.remove(entry);
        return true;
    }

    const Settings& settings_;
    const Spool& spool_;
    const State& state_;
    Uploader uploader_;
    bool failing_ = false;
};

/// Sends until nothing is left; false if it gave up before.
bool empty_spool(Sender& sender, SendUntil until) {
    Pauses pauses;
    while (!sender.is_empty()) {
        if (sender.round()) {
            pauses.reset();
            continue;
        }
        if (sender.is_empty()) return true;
        if (until == SendUntil::Failed) return false;
        pauses.wait();
        sender.read_token_again();
    }
    return true;
}

}  // namespace

bool send_spool(const Settings& settings, const Spool& spool, const State& state, SendUntil until) {
    const FileLock lock(spool.lock_path());
    std::optional<Sender> sender;
    while (lock.take()) {
        if (!sender) sender.emplace(settings, spool, state);
        const bool empty = empty_spool(*sender, until);
        spool.forget_old(state);
        lock.release();
        // Somebody who found the lock taken a moment ago has left something and gone.
        if (!empty) return false;
        if (sender->is_empty()) return true;
    }
    return false;
}

}  // namespace portal::prolog
