#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/shared_array.h"
#include "handlers/sources/own/audit_log.h"
#include "handlers/sources/own/portal_db.h"

namespace portal::database {

/// Views on their way to the database: a file each, so that nothing is lost while it is away. Made
/// before the fork; the workers share the folder, and the memory of what was kept lately.
class AuditSpool final : public AuditLog {
 public:
    enum class Target {
        Database,
        LogOnly,  ///< the site has no database; nothing waits
    };

    /// The folder is made when it is first needed, the one above it must be there. Throws
    /// std::system_error if there is no memory.
    AuditSpool(std::string folder, Target target);

    /// Tries to write there and logs an error if that is impossible.
    void prove();

    void keep(const View& view) override;
    [[nodiscard]] std::uint64_t waiting() const override;

    /// True if drain() should be called: after a view was kept, and every ten seconds.
    [[nodiscard]] bool due() const;
    /// Moves what waits into the database, for some hundred milliseconds; stops at the first that
    /// it does not take. Other workers may do the same at the same time.
    void drain(PortalDb& database);

 private:
    [[nodiscard]] bool is_new(const View& view) const;
    /// 0, or the number of the error (errno).
    [[nodiscard]] int write_file(const std::string& text, std::string_view ending);
    void complain(int error) const;
    void adopt_drafts() const;
    [[nodiscard]] bool store_file(const std::string& name, PortalDb& database) const;
    [[nodiscard]] std::string path_of(const std::string& name) const;

    std::string folder_;
    Target target_;
    SharedArray<std::atomic<std::uint64_t>> recent_;
    /// Of this worker: views for which the folder had no room, and when it looks at it next.
    std::vector<View> held_;
    std::chrono::steady_clock::time_point next_look_{};
    std::uint64_t files_ = 0;
};

}  // namespace portal::database
