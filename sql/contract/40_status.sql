-- What the host gets back: schema lexrelay, for the practice software's own masks. Made anew at every `lexrelay migrate`,
-- since it shows the host's own keys. What Lexware says about a document stays null until it was read back.

create schema if not exists lexrelay;
comment on schema lexrelay is 'What the practice software may show of the transfer; role lexrelay_host reads it.';

-- A function that a view asks reads with the rights of whoever reads the view; this one with ours.
create or replace function outbox.standing_for_host(e outbox.event) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
select outbox.standing(e, (select outbox.lane_connection(l) from outbox.lane l where l.practice_id = e.practice_id))
$$;
comment on function outbox.standing_for_host(outbox.event) is 'Where an event stands, in one word, for who may not look.';

create view lexrelay.document_status as
select e.practice_id, e.document_id, e.host_key, e.number, e.kind,
       case when e.state = 'pending' then outbox.standing_for_host(e) else e.state end as state, e.reason,
       k.lexware_id, case when n.remote_status = 'draft' or n.state = 'deleted' then null else n.number end as lexware_number,
       n.state as lexware_status, n.open_amount, n.paid_on, changed.seen_at as changed_in_lexware,
       (select i.app_url from outbox.installation i) || '/permalink/'
           || case e.kind when 'invoice' then 'invoices' else 'credit-notes' end || '/view/' || k.lexware_id as url,
       case when n.state is not null then greatest(n.seen_at, checked.ended_at) end as checked_at,
       greatest(e.created_at, e.closed_at, e.replayed_at, n.seen_at) as changed_at
from outbox.event e
left join lexware.connection c on c.practice_id = e.practice_id
left join lateral (
    select d.lexware_id
    from lexware.document_link d
    where d.practice_id = e.practice_id and d.document_id = e.document_id
    order by d.organisation_id is distinct from c.organisation_id, d.linked_at desc
    limit 1
) k on true
left join lexware.document_now n
     on n.practice_id = e.practice_id and n.document_id = e.document_id and n.remote_id = k.lexware_id
left join lateral (
    select min(s.seen_at) as seen_at from lexware.document_states s
    where s.practice_id = e.practice_id and s.document_id = e.document_id and s.remote_id = k.lexware_id
      and s.differs = n.differs and (n.differs <> '{}' or s.state = n.state)
      and (n.differs <> '{}' or n.state in ('back_to_draft', 'deleted', 'missing'))
) changed on true
left join lateral (
    select max(r.ended_at) as ended_at
    from (values ('sweep'), ('deep')) as k (kind)
    cross join lateral (
        select r.ended_at from lexware.watch_runs r
        where r.practice_id = e.practice_id and r.kind = k.kind and r.complete
          and (k.kind = 'deep' or n.state not in ('paid', 'voided', 'deleted', 'missing'))
        order by r.id desc
        limit 1
    ) r
) checked on true;

comment on view lexrelay.document_status is 'One row per document that was handed over, and what became of it.';
comment on column lexrelay.document_status.practice_id is 'The host''s id of the practice.';
comment on column lexrelay.document_status.document_id is 'The host''s id of the document.';
comment on column lexrelay.document_status.host_key is 'The host''s own key of the document, when it is not a number.';
comment on column lexrelay.document_status.number is 'The practice''s own number; null where it holds what must not be told.';
comment on column lexrelay.document_status.kind is 'invoice or cancellation.';
comment on column lexrelay.document_status.state is
    'pending, in_flight, in_doubt, blocked, held, delivered, dead or discarded.';
comment on column lexrelay.document_status.reason is 'Why it is dead or discarded.';
comment on column lexrelay.document_status.lexware_id is 'The document in Lexware.';
comment on column lexrelay.document_status.lexware_number is 'Its number in Lexware, once it is finalised.';
comment on column lexrelay.document_status.lexware_status is
    'draft, open, partly_paid, paid, overdue, voided, back_to_draft, changed, deleted or missing, as last seen.';
comment on column lexrelay.document_status.open_amount is 'What is still to be paid, as last seen.';
comment on column lexrelay.document_status.paid_on is 'The day it was paid.';
comment on column lexrelay.document_status.changed_in_lexware is
    'When it was seen first that somebody has changed it in Lexware, if it is not as it was sent.';
comment on column lexrelay.document_status.url is 'Its address in Lexware, for people.';
comment on column lexrelay.document_status.checked_at is 'When Lexware was last asked about it.';
comment on column lexrelay.document_status.changed_at is 'When this row last changed.';

create view lexrelay.practice_status as
select l.practice_id, p.host_key, outbox.lane_connection(l) as connection, l.pause_reason,
       (select count(*) from outbox.event e where e.practice_id = l.practice_id and e.state = 'pending') as pending,
       coalesce(s.dead, 0) as dead, s.last_delivered_at,
       (c.key_stored_at + interval '24 months')::date as key_valid_until
from outbox.lane l
left join lateral (select * from contract.practice h where h.practice_id = l.practice_id limit 1) p on true
left join outbox.settled s on s.practice_id = l.practice_id
left join lexware.connection c on c.practice_id = l.practice_id;

comment on view lexrelay.practice_status is 'One row per practice that has ordered the transfer.';
comment on column lexrelay.practice_status.practice_id is 'The host''s id of the practice.';
comment on column lexrelay.practice_status.host_key is 'The host''s own key of the practice, when it is not a number.';
comment on column lexrelay.practice_status.connection is 'active, disabled, not_booked, not_connected or paused.';
comment on column lexrelay.practice_status.pause_reason is 'Why it is paused.';
comment on column lexrelay.practice_status.pending is 'Documents that wait or are under way.';
comment on column lexrelay.practice_status.dead is 'Documents that need a human.';
comment on column lexrelay.practice_status.last_delivered_at is 'When the last document arrived.';
comment on column lexrelay.practice_status.key_valid_until is 'The API key ends then.';
