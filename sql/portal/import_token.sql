-- A token of the original portal. Harmless if it runs twice; one that was revoked here stays so.
insert ignore into api_token (name, digest, scopes, created)
values (?, unhex(?), ?, ?)
