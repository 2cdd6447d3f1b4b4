-- What a landed document costs: its marker's code is one expression, and a landing is not looked through for settled events.

-- The salt is given by whoever has it at hand. The other two ask for it.
create function outbox.marker_code(practice_id bigint, subject text, salt text) returns text language plpgsql stable as $$
declare
    hash constant bytea := sha256(convert_to(salt || ':' || practice_id || ':' || subject, 'UTF8'));
    letters constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
begin
    return substr(letters, get_byte(hash, 0) % 32 + 1, 1) || substr(letters, get_byte(hash, 1) % 32 + 1, 1)
        || substr(letters, get_byte(hash, 2) % 32 + 1, 1) || substr(letters, get_byte(hash, 3) % 32 + 1, 1) || '-'
        || substr(letters, get_byte(hash, 4) % 32 + 1, 1) || substr(letters, get_byte(hash, 5) % 32 + 1, 1)
        || substr(letters, get_byte(hash, 6) % 32 + 1, 1) || substr(letters, get_byte(hash, 7) % 32 + 1, 1) || '-'
        || substr(letters, get_byte(hash, 8) % 32 + 1, 1) || substr(letters, get_byte(hash, 9) % 32 + 1, 1)
        || substr(letters, get_byte(hash, 10) % 32 + 1, 1) || substr(letters, get_byte(hash, 11) % 32 + 1, 1);
end
$$;
comment on function outbox.marker_code(bigint, text, text) is 'The code by which a document or contact is known again in Lexware.';

create or replace function outbox.marker_code(practice_id bigint, subject text) returns text language plpgsql stable as $$
begin
    return outbox.marker_code(practice_id, subject, (select i.salt from outbox.installation i));
end
$$;

-- What a trigger inserts is a landing, and pending.
create or replace function outbox.count_born_settled() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() > 1 then
        return null;
    end if;
    insert into outbox.tally_change (practice_id, delivered, dead, discarded, last_delivered_at)
    select practice_id, count(*) filter (where state = 'delivered'), count(*) filter (where state = 'dead'),
           count(*) filter (where state = 'discarded'), max(closed_at) filter (where state = 'delivered')
    from born where state <> 'pending'
    group by practice_id;
    return null;
end
$$;

-- Only in the database while a transaction of the host commits.
create unlogged table outbox.landing (
    id bigint generated always as identity primary key
);
comment on table outbox.landing is 'A row while documents of a transaction wait to be landed together; its trigger lands them at the end.';

-- Its body stands in sql/contract/30_landing.sql.
create function outbox.land_waiting() returns trigger language plpgsql as $$ begin return null; end $$;
create constraint trigger land_waiting after insert on outbox.landing deferrable initially deferred
for each row execute function outbox.land_waiting();
