-- All tokens without their hashes; 0 for a time that is not set.
select id, name, scopes, networks, unix_timestamp(created) as created,
    coalesce(unix_timestamp(expires), 0) as expires,
    coalesce(unix_timestamp(last_used), 0) as last_used,
    coalesce(unix_timestamp(revoked), 0) as revoked
from api_token
order by id
