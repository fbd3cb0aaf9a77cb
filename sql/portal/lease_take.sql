-- Takes a lease for so many seconds if nobody holds it. The assignments are done in their order:
-- until comes last, since the others look at it.
insert into lease (name, holder, term, until)
values (?, ?, 1, now(6) + interval ? second)
on duplicate key update
    term = if(until < now(6), term + 1, term),
    holder = if(until < now(6), values(holder), holder),
    until = if(until < now(6), values(until), until)
