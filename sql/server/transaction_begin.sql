-- From here on nothing is committed before transaction_end. The server ends a transaction in which
-- nothing happens for so many seconds: a client that was frozen locks nobody out.
set autocommit = 0, idle_transaction_timeout = ?
