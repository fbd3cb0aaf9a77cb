#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "handlers/sources/current_request.h"
#include "handlers/sources/own/summaries/task_db.h"
#include "handlers/sources/sql/session.h"

namespace portal::database {

/// Leases and tasks in the portal's own database, over its one connection, which outlives this, as
/// the request in hand does.
class MariadbTaskDb final : public TaskDb {
 public:
    MariadbTaskDb(sql::Session& session, const CurrentRequest& request)
        : session_(session), request_(request) {}

    Result<std::optional<Lease>> take(std::string_view name, std::string_view holder) override;
    Result<bool> renew(const Lease& lease) override;
    Result<bool> end(const Lease& lease) override;
    Result<std::vector<TaskState>> tasks() override;
    Result<bool> note(const TaskState& state, const Lease& lease) override;
    Result<BackgroundState> background() override;

 private:
    Result<bool> change(const sql::Statement& statement, const std::vector<sql::Value>& values);

    sql::Session& session_;
    const CurrentRequest& request_;
};

}  // namespace portal::database
