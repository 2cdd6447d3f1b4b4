-- The schema of the host's views, and the id of what the host knows by a key that is no number.
-- Idempotent; applied before the host's prepare.sql, which may make indexes on contract.id(...).

create schema if not exists contract;
comment on schema contract is 'What the practice software shows to lexrelay: views made from the host folder.';

-- In plpgsql, since convert_to() is called immutable nowhere else; with 'UTF8' it is.
create or replace function contract.id(host_key text) returns bigint
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
begin
    return ('x' || encode(substr(sha256(convert_to(host_key, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint
           & 9223372036854775807;
end
$$;

comment on function contract.id(text) is
    'A stable number, 0 to 2^63 - 1, for a key that is a uuid or a text. Two keys of one number are noticed and refused.';
