-- The three logins and the empty database. As a PostgreSQL superuser, once:
--   psql -v owner=PASSWORD1 -v site=PASSWORD2 -v backup=PASSWORD3 -f docs/operations/postgresql/logins.sql postgres
\set ON_ERROR_STOP on
CREATE ROLE shuanjian_owner LOGIN PASSWORD :'owner';  -- owns the tables: migrate and doctor only
CREATE ROLE shuanjian_site LOGIN PASSWORD :'site';    -- serves: web, worker, beat
CREATE ROLE shuanjian_backup LOGIN REPLICATION BYPASSRLS CONNECTION LIMIT 8 PASSWORD :'backup';  -- reads everything, writes nothing
CREATE DATABASE shuanjian OWNER shuanjian_owner ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE shuanjian FROM PUBLIC;
GRANT CONNECT ON DATABASE shuanjian TO shuanjian_owner, shuanjian_site, shuanjian_backup;
GRANT pg_read_all_data TO shuanjian_backup;
ALTER ROLE shuanjian_backup SET default_transaction_read_only = on;
\connect shuanjian
GRANT EXECUTE ON FUNCTION pg_create_restore_point(text), pg_switch_wal() TO shuanjian_backup;
