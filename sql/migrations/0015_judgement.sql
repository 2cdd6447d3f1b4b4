-- Outside a transaction: outbox.event is written to all the time. Each statement may be repeated.
-- What closes, holds back or refuses a document is proven: cancellations of one original are found by it.

drop index concurrently if exists outbox.event_of_original;
create index concurrently event_of_original on outbox.event (practice_id, original_id) where original_id is not null;

-- Only a cancellation waits, and only for an invoice: so none waits for another one, nor in a circle for itself.
create or replace function outbox.blocked(e outbox.event) returns boolean language sql stable as $$
select (e.kind = 'cancellation' and e.original_id is not null and exists (
           select from outbox.event o
           where o.practice_id = e.practice_id and o.document_id = e.original_id and o.kind = 'invoice'
             and o.state in ('pending', 'dead')))
    or exists (
           select from outbox.intent i
           join outbox.event holder on holder.event_id = i.event_id
           where i.practice_id = e.practice_id and i.effect = 'contact' and i.subject_id = e.payer_id
             and i.closed_at is null and i.event_id <> e.event_id and holder.state in ('pending', 'dead'))
$$;

create or replace function outbox.came_to(of_practice bigint, of_document bigint) returns numeric language plpgsql stable as $$
begin return coalesce(
    (select (i.sent_with ->> 'total')::numeric
     from outbox.intent i
     where i.practice_id = of_practice and i.subject_id = of_document and i.effect in ('invoice', 'credit_note')
       and i.sent_with ? 'total'
     order by i.intent_id desc limit 1),
    (select abs(d.total) from contract.document d
     where d.document_id = of_document and d.practice_id = of_practice limit 1)); end
$$;

comment on function outbox.came_to(bigint, bigint) is
    'The sum of a document as it was sent last, else as the practice has it; positive also of a cancellation. Null: not known.';

alter table lexware.document_link add column if not exists confirmed_at timestamptz;

comment on column lexware.document_link.confirmed_at is
    'When a link by hand was looked up in Lexware; null: nobody has seen that document, so that it is missing proves nothing.';

comment on column lexware.document_link.notice is
    'Why a credit note is not linked with its invoice, such as original_is_draft.';

alter table outbox.lane_period add column if not exists first_invoice_date date;

comment on column outbox.lane_period.first_invoice_date is
    'Documents dated before this day stay where they are; null: all that are completed in the period go over.';

create or replace function outbox.forget_names(of_practice bigint, of_customer bigint) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
with forgotten as (
    update outbox.intent i set sent_with = i.sent_with - 'payer_hash'
    from outbox.event e
    where e.practice_id = of_practice and e.payer_id = of_customer and i.event_id = e.event_id and i.sent_with ? 'payer_hash'
    returning i.intent_id
)
select count(*) from forgotten
$$;

comment on function outbox.forget_names(bigint, bigint) is
    'Takes the keyed hash of a customer''s name from what was sent: the one thing of an intent that may go. How many.';

alter table lexware.connection drop constraint if exists connection_matching_check,
    add constraint connection_matching_check check (matching in ('exact', 'never', 'none'))
