-- Roles and the database of a store, with the least rights that each needs. As superuser, on the primary:
--
--     psql -v ON_ERROR_STOP=1 -f roles.sql
--
-- Then give the two that sign in over the network their passwords (\password frontline), or certificates in pg_hba.conf.

-- What the nodes and their commands sign in as. It owns the tables, because the first start and upgrades make them, and
-- can do nothing outside its own database.
CREATE ROLE frontline LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 150;

-- What the standby and pg_basebackup sign in as: it reads the log of changes, and no database.
CREATE ROLE frontline_replication LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE REPLICATION CONNECTION LIMIT 8;

-- For monitoring: activity, replication, sizes; it sees no row of the store.
CREATE ROLE frontline_monitor LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 4;
GRANT pg_monitor TO frontline_monitor;

-- Texts are compared byte by byte, whatever the language of the machine.
CREATE DATABASE frontline TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
REVOKE ALL ON DATABASE frontline FROM PUBLIC;
GRANT CONNECT ON DATABASE frontline TO frontline, frontline_monitor;

\connect frontline
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO frontline;
