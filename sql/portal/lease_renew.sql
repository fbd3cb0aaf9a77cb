-- Keeps a lease for so many seconds more, unless it is over.
update lease
set until = now(6) + interval ? second
where name = ? and holder = ? and term = ? and until > now(6)
