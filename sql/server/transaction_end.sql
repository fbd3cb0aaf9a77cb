-- Commits, and lets each statement commit by itself again.
set autocommit = 1
