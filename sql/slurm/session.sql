-- What every connection starts with: UTC, and the longest time one statement may take, in seconds.
set time_zone = '+00:00', max_statement_time = ?
