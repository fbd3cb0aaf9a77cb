-- What every connection starts with: UTC, the longest time one statement may take, in seconds, and
-- answers in the character set that the client said it has (the library asks for another).
set time_zone = '+00:00', max_statement_time = ?,
    character_set_results = @@character_set_client
