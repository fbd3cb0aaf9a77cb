#pragma once

#include <cstdint>

#include "handlers/sources/own/view.h"

namespace portal::database {

/// Keeps who of the staff looked at whose data.
class AuditLog {
 public:
    virtual ~AuditLog() = default;

    /// Keeps a view for good, in the log too; one that was kept already is left out. Never throws
    /// and does not wait for the database.
    virtual void keep(const View& view) = 0;
    /// Views that are not yet in the database.
    [[nodiscard]] virtual std::uint64_t waiting() const = 0;
};

}  // namespace portal::database
