-- Only one migration or import at a time in one database; held until the connection ends.
select get_lock(concat(database(), '.userportal'), ?) as taken
