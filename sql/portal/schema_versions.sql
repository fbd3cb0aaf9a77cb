-- Which migrations a database has seen.
select version
from schema_version
order by version
