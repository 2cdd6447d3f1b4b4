-- A number that must not be told is left out of an event from the beginning, and asked for again whenever the event has none.

create or replace trigger keep_number before update of state on outbox.event for each row when (
    new.number is null or new.state = 'dead' and new.reason = 'health_data' and new.detail ->> 'field' = 'document.number')
execute function outbox.keep_number();
