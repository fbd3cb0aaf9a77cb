-- Notes that a token was used.
update api_token
set last_used = now()
where id = ? and (last_used is null or last_used < now() - interval 60 second)
