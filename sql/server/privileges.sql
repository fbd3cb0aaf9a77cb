-- What the account in use may do, from the widest to the narrowest place: * (everything), SCHEMA,
-- SCHEMA.TABLE, SCHEMA.TABLE.COLUMN.
select p.place, lower(p.privilege) as privilege
from (
    select grantee, '*' as place, privilege_type as privilege
    from information_schema.user_privileges
    union all
    select grantee, table_schema, privilege_type
    from information_schema.schema_privileges
    union all
    select grantee, concat(table_schema, '.', table_name), privilege_type
    from information_schema.table_privileges
    union all
    select grantee, concat(table_schema, '.', table_name, '.', column_name), privilege_type
    from information_schema.column_privileges) p
where p.grantee = concat('''', substring_index(current_user(), '@', 1), '''@''',
                         substring_index(current_user(), '@', -1), '''')
    and p.privilege <> 'USAGE'
