-- The function that writes the event, in the practice's own transaction.
-- It must never make the host's commit fail or wait: it takes no lock that another session holds longer than a
-- statement, and any error of ours becomes a warning (the safety net of the poller finds the document a minute later).
-- Idempotent; the trigger itself is created by 40_trigger.sql.

create or replace function contract.document_completed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms'
as $$
begin
    if tg_op = 'UPDATE' then
        if old.status is distinct from 'draft' then
            return null;
        end if;
    elsif new.status is distinct from 'completed' then
        return null;
    end if;
    insert into outbox.event (practice_id, document_id, original_id, payer_id, kind, number, marker_code, origin)
    select d.practice_id, d.document_id, d.original_id, d.payer_id, d.kind, d.number,
           outbox.marker_code(d.practice_id, d.document_id), 'trigger'
    from contract.document d
    join outbox.lane l on l.practice_id = d.practice_id and l.enabled
    where d.document_id = new.id and d.status <> 'draft'
    on conflict do nothing;
    if found and current_setting('max_prepared_transactions')::int = 0 then  -- what has notified cannot be prepared
        perform pg_notify('lexrelay', '');
    end if;
    return null;
exception when others then
    raise warning 'lexrelay: no event written for document % (%), the safety net will find it', new.id, sqlstate;
    return null;
end
$$;

comment on function contract.document_completed() is
    'Writes one event for a document that became completed in this transaction, if its practice is switched on.';
