-- Tokens in the original portal's database, with the accounts they belong to.
select t.`key` as token, cast(t.created as char) as created, u.username, u.is_staff
from authtoken_token t
join auth_user u on u.id = t.user_id
where u.is_active = 1
order by t.created
