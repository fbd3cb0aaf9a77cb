-- The term of a holder; no row: it holds nothing.
select term
from lease
where name = ? and holder = ? and until > now(6)
