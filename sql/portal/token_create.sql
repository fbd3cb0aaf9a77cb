-- A new token; expires in that many seconds, 0 for never.
insert into api_token (name, digest, scopes, networks, created, expires)
select ?, unhex(?), ?, ?, now(), if(p.seconds = 0, null, now() + interval p.seconds second)
from (select cast(? as unsigned) as seconds) p
