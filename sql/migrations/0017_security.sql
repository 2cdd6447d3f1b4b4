-- Whose key a token is, which wordings of exemption notes a practice has confirmed, who really gave a command, and records
-- that cannot be rewritten.

alter table outbox.installation add column keys_bound_at timestamptz;
comment on column outbox.installation.keys_bound_at is
    'Since then every stored API key says within its token whose it is, and one that does not is refused.';
update outbox.installation set keys_bound_at = clock_timestamp()
where not exists (select from lexware.connection where key_encrypted is not null);

create function outbox.keys_are_bound() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
update outbox.installation set keys_bound_at = coalesce(keys_bound_at, clock_timestamp());
$$;
comment on function outbox.keys_are_bound() is 'From now on a token that does not say whose it is opens nothing.';

alter table lexware.connection add column profile_token text, add column notes_read_at timestamptz;
comment on column lexware.connection.profile_token is
    'Fingerprint of the token with which the profile was read last; with another token it is read again first.';
comment on column lexware.connection.notes_read_at is
    'When the wordings in the practice''s documents were confirmed: at the switch-on, or by the first migrate that knew of them.';
update lexware.connection set profile_token = md5(key_encrypted) where key_encrypted is not null;

create table lexware.note_wording (
    practice_id bigint not null,
    fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
    confirmed_by text not null,
    confirmed_at timestamptz not null default clock_timestamp(),
    primary key (practice_id, fingerprint)
);
comment on table lexware.note_wording is
    'Exemption notes whose wording the practice has confirmed. Keyed hashes only: what was confirmed stands in its documents.';

alter table outbox.operator_action add column login text, add column os_user text;
comment on column outbox.operator_action.login is 'The login of the database that gave it; written by the database itself.';
comment on column outbox.operator_action.os_user is 'The user of the machine on which the command ran.';

create function outbox.sign_action() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.login := session_user;
    new.at := clock_timestamp();
    return new;
end
$$;
comment on function outbox.sign_action() is 'Whose login it was and when is not for the writer to say.';
create trigger sign_action before insert on outbox.operator_action for each row execute function outbox.sign_action();

-- Records. Whoever owns a table can take its triggers away, so for the owner they are no wall but for operator actions.
create function outbox.append_only() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_argv[0] = 'for everybody'
       or not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'member') then
        raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return coalesce(new, old);
end
$$;
comment on function outbox.append_only() is 'Refuses to change or remove what is recorded.';

create trigger append_only before update or delete on outbox.operator_action
for each row execute function outbox.append_only('for everybody');
create trigger append_only before update on outbox.look for each row execute function outbox.append_only();
create trigger append_only before delete on outbox.intent for each row execute function outbox.append_only();

create trigger ended_once before update on outbox.attempt for each row when (
    old.ended_at is not null
    or (old.attempt_id, old.event_id, old.fence, old.epoch, old.step, old.worker, old.begun_at)
       is distinct from (new.attempt_id, new.event_id, new.fence, new.epoch, new.step, new.worker, new.begun_at))
execute function outbox.append_only();

-- What was to be sent stands as it was committed, but for the hash of a name that is to be forgotten; what became of it is
-- written once. Late knowledge has columns of its own.
create trigger evidence_stands before update on outbox.intent for each row when (
    (old.intent_id, old.practice_id, old.organisation_id, old.event_id, old.effect, old.subject_id, old.fence, old.worker,
     old.opened_at, old.send_by, old.sent_with - 'payer_hash')
    is distinct from
    (new.intent_id, new.practice_id, new.organisation_id, new.event_id, new.effect, new.subject_id, new.fence, new.worker,
     new.opened_at, new.send_by, new.sent_with - 'payer_hash')
    or coalesce(new.sent_with -> 'payer_hash' <> old.sent_with -> 'payer_hash', new.sent_with ? 'payer_hash' and not old.sent_with ? 'payer_hash')
    or old.closed_at is not null
       and (old.outcome, old.closed_at, old.remote_id, old.http_status)
           is distinct from (new.outcome, new.closed_at, new.remote_id, new.http_status))
execute function outbox.append_only();

-- Retention may remove the detail of what ended long ago, and nothing else.
create function outbox.kept_long_enough() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'member')
       or exists (select from outbox.event e
                  where e.event_id = case when tg_table_name = 'attempt' then (to_jsonb(old) ->> 'event_id')::bigint
                                          else (select i.event_id from outbox.intent i
                                                where i.intent_id = (to_jsonb(old) ->> 'intent_id')::bigint) end
                    and e.state in ('delivered', 'discarded') and e.due_at is null
                    and e.closed_at < clock_timestamp() - (select make_interval(days => keep_days) from outbox.installation)) then
        return old;
    end if;
    raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
comment on function outbox.kept_long_enough() is 'Lets nobody but the owner remove attempts and looks before their time.';
create trigger kept_long_enough before delete on outbox.attempt for each row execute function outbox.kept_long_enough();
create trigger kept_long_enough before delete on outbox.look for each row execute function outbox.kept_long_enough();
