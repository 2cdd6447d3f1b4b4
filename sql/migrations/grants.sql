-- What the roles may do: read the promised views, work in our own schemas, own nothing of the host; and what the host may
-- read of us. Applied with the host's views, in one transaction. Idempotent.

grant usage on schema contract, outbox, lexware, console to lexrelay_worker;
revoke all on all tables in schema contract from lexrelay_worker;
grant select on contract.practice, contract.document, contract.document_line, contract.payer to lexrelay_worker;
grant execute on function contract.leaks(bigint), contract.leaked(bigint), contract.number_is_private(bigint), contract.id(text)
    to lexrelay_worker;
grant select, insert, update on all tables in schema outbox to lexrelay_worker;
grant select, insert, update on all tables in schema lexware to lexrelay_worker;
grant select, insert, update on all tables in schema console to lexrelay_worker;
grant delete on outbox.attempt, outbox.look, outbox.process to lexrelay_worker;
grant usage on all sequences in schema outbox to lexrelay_worker;
grant usage on all sequences in schema lexware to lexrelay_worker;
revoke update on outbox.operator_action, outbox.look, outbox.installation, outbox.migration, outbox.host_file, lexware.price
    from lexrelay_worker;
revoke update on lexware.document_states, lexware.document_decisions, lexware.contact_states, lexware.former_links,
    lexware.strangers from lexrelay_worker;
revoke insert on outbox.installation, outbox.migration, outbox.host_file, lexware.price from lexrelay_worker;
revoke insert, update on outbox.landing, outbox.in_flight from lexrelay_worker;
grant usage on schema lexrelay to lexrelay_host;
grant select on lexrelay.document_status, lexrelay.practice_status to lexrelay_host;

-- The two narrower roles may what the worker may, less what is not their work: the daemon gives no orders, the operator
-- writes no evidence. A table that is new to this list is open to both; of those in `fixed` a role may change the other columns only.
revoke all on all tables in schema contract, outbox, lexware from lexrelay_daemon, lexrelay_operator;
grant usage on schema contract, outbox, lexware to lexrelay_daemon, lexrelay_operator;
grant select on contract.practice, contract.document, contract.document_line, contract.payer to lexrelay_daemon, lexrelay_operator;
grant execute on function contract.leaks(bigint), contract.leaked(bigint), contract.number_is_private(bigint), contract.id(text)
    to lexrelay_daemon, lexrelay_operator;
revoke execute on function outbox.forget_names(bigint, bigint), outbox.keys_are_bound() from public;
grant execute on function outbox.forget_names(bigint, bigint), outbox.keys_are_bound() to lexrelay_worker, lexrelay_operator;
grant usage on all sequences in schema outbox, lexware to lexrelay_daemon, lexrelay_operator;

do $$
declare
    denied constant jsonb := '{
        "lexrelay_daemon": {
            "insert": ["outbox.operator_action", "outbox.lane", "outbox.lane_period", "outbox.completed_before",
                       "lexware.connection", "lexware.booking", "lexware.note_wording", "outbox.alarm_address",
                       "lexware.reports", "lexware.document_decisions", "lexware.former_links"],
            "update": ["lexware.reports", "outbox.lane_period", "outbox.completed_before", "lexware.booking", "lexware.note_wording", "outbox.alarm_address",
                       "lexware.contact_link", "lexware.document_link"],
            "delete": []
        },
        "lexrelay_operator": {
            "insert": ["outbox.attempt", "outbox.intent", "outbox.look", "outbox.process", "outbox.outage", "outbox.unlanded",
                       "outbox.alarm", "outbox.alarm_message", "outbox.alarm_digest"],
            "update": ["outbox.attempt", "outbox.look", "outbox.process", "outbox.outage", "outbox.unlanded",
                       "outbox.alarm", "outbox.alarm_message", "outbox.alarm_digest",
                       "lexware.note_wording"],
            "delete": ["outbox.attempt", "outbox.look", "outbox.process"]
        }
    }';
    fixed constant jsonb := '{
        "lexrelay_daemon": {
            "outbox.lane": ["practice_id", "enabled", "booked_from", "booked_until", "connected", "created_at"],
            "outbox.event": ["event_id", "practice_id", "document_id", "original_id", "kind", "number", "marker_code", "origin",
                             "created_at", "host_key", "unlinked", "replayed_at"],
            "outbox.attempt": ["attempt_id", "event_id", "fence", "epoch", "step", "worker", "begun_at"],
            "outbox.intent": ["intent_id", "practice_id", "organisation_id", "event_id", "effect", "subject_id", "fence",
                              "worker", "opened_at", "send_by", "sent_with"],
            "lexware.connection": ["practice_id", "organisation_id", "key_encrypted", "key_stored_at", "lines", "matching",
                                   "avv_date", "avv_recorded_by", "avv_recorded_at", "notes_read_at"]
        },
        "lexrelay_operator": {
            "outbox.event": ["event_id", "practice_id", "document_id", "original_id", "kind", "number", "marker_code", "origin",
                             "created_at", "host_key", "epoch", "fence", "worker", "handed_at", "begun_at", "lease_until"],
            "outbox.intent": ["intent_id", "practice_id", "organisation_id", "event_id", "effect", "subject_id", "fence",
                              "worker", "opened_at", "send_by", "http_status", "late_remote_id", "late_at"]
        }
    }';
    ours record;
begin
    for ours in
        select r.role, c.oid, format('%I.%I', n.nspname, c.relname) as name, p.privilege, f.columns
        from unnest(array['lexrelay_daemon', 'lexrelay_operator']) as r (role)
        cross join unnest(array['select', 'insert', 'update', 'delete']) as p (privilege)
        join pg_namespace n on n.nspname in ('outbox', 'lexware')
        join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'v', 'p')
        cross join lateral (
            select case when p.privilege = 'update' then fixed -> r.role -> format('%s.%s', n.nspname, c.relname) end as columns
        ) f
        where has_table_privilege('lexrelay_worker', c.oid, p.privilege)
          and not coalesce((denied -> r.role -> p.privilege) ? format('%s.%s', n.nspname, c.relname), false)
        order by c.oid, r.role, p.privilege
    loop
        if ours.columns is null then
            execute format('grant %s on %s to %I', ours.privilege, ours.name, ours.role);
        else
            execute format('grant update (%s) on %s to %I',
                           (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
                            where a.attrelid = ours.oid and a.attnum > 0 and not a.attisdropped
                              and not ours.columns ? a.attname::text), ours.name, ours.role);
        end if;
    end loop;
end
$$;

-- The console's own data are the commands' business: the daemon knows nothing of who may look.
grant usage on schema console to lexrelay_operator;
grant select, insert, update on all tables in schema console to lexrelay_operator;
