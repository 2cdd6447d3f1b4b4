-- A document whose number holds somebody's name or insurance number is refused, and its event no longer repeats the number.

-- Its body stands in sql/contract/30_landing.sql, where the host's views are known.
create function outbox.keep_number() returns trigger language plpgsql as $$ begin return new; end $$;
comment on function outbox.keep_number() is
    'Takes a number that must not be told out of a dead event, and reads the host''s anew when it lives again.';
create trigger keep_number before update of state on outbox.event for each row when (
    new.state = 'dead' and new.reason = 'health_data' and new.detail ->> 'field' = 'document.number'
    or old.state = 'dead' and new.state = 'pending' and new.number is null)
execute function outbox.keep_number();

update outbox.event set number = null
where state = 'dead' and reason = 'health_data' and detail ->> 'field' = 'document.number';
