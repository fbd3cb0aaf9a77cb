-- Gives a lease back, so that another one need not wait for its end.
update lease
set until = now(6)
where name = ? and holder = ? and term = ? and until > now(6)
