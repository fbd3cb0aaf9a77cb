#pragma once

#include "handlers/sources/gate.h"
#include "handlers/sources/own/portal_db.h"

namespace portal::database {

/// The portal's database behind the breaker; `inner` and the breaker outlive it.
class GuardedPortalDb final : public PortalDb {
 public:
    GuardedPortalDb(PortalDb& inner, const Breaker& breaker)
        : inner_(inner), gate_(breaker, SourceId::Portal) {}

    void start_request() { gate_.start_request(); }

    Result<std::optional<ApiToken>> token(const Secret& text) override {
        return gate_.call([&] { return inner_.token(text); });
    }
    Result<Done> note_use(const ApiToken& token) override {
        return gate_.call([&] { return inner_.note_use(token); });
    }
    Result<Stored> store(const Script& script, std::string_view source) override {
        return gate_.call([&] { return inner_.store(script, source); });
    }
    Result<std::optional<Script>> script(JobId id) override {
        return gate_.call([&] { return inner_.script(id); });
    }
    Result<std::optional<Script>> script(const ScriptVersion& version) override {
        return gate_.call([&] { return inner_.script(version); });
    }
    Result<std::vector<ScriptVersion>> versions(std::span<const JobId> jobs) override {
        return gate_.call([&] { return inner_.versions(jobs); });
    }
    Result<ScriptPage> list(std::uint64_t offset, std::uint32_t limit) override {
        return gate_.call([&] { return inner_.list(offset, limit); });
    }
    Result<bool> remove(JobId id) override {
        return gate_.call([&] { return inner_.remove(id); });
    }
    Result<Done> note_view(const View& view) override {
        return gate_.call([&] { return inner_.note_view(view); });
    }
    Result<std::vector<View>> views_of(const Username& owner, std::uint32_t limit) override {
        return gate_.call([&] { return inner_.views_of(owner, limit); });
    }

 private:
    PortalDb& inner_;
    Gate gate_;
};

}  // namespace portal::database
