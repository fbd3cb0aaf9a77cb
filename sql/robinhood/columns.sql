-- Does this Robinhood keep a status of its HSM (without the status manager lhsm there is no such
-- column), and are groups names, or numbers (its option uid_gid_as_numbers)?
select column_name as name, data_type as type
from information_schema.columns
where table_schema = database() and table_name = 'ACCT_STAT'
  and column_name in ('lhsm_status', 'gid')
