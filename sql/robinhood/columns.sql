-- Does this Robinhood keep a status of its HSM? Without the status manager lhsm there is no such
-- column.
select column_name as name
from information_schema.columns
where table_schema = database() and table_name = 'ACCT_STAT' and column_name = 'lhsm_status'
