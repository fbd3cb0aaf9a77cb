-- Ends a token's life.
update api_token
set revoked = now()
where id = ? and revoked is null
