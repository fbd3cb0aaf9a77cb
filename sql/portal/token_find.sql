-- A token by the hash of its text. That it was used is noted once a minute.
select id, name, scopes, networks, lower(hex(digest)) as digest,
    expires is not null and expires <= now() as expired,
    last_used is null or last_used < now() - interval 60 second as use_due
from api_token
where digest = unhex(?) and revoked is null
