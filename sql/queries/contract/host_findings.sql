-- The findings of the rehearsal, a query for each code. They read what `host_check.sql` has gathered of the host, never
-- the host itself. Each gives a row per view and field in which something is wrong: view, field (null: the view as a
-- whole), count (documents it is wrong for), concerned (documents it could be wrong for), examples (up to three of
-- their ids). `is_certain` false: it may be right in a practice like that, so it is never more than a warning.
-- Reads outbox: when an event was written tells whether the host's clock is shifted.

-- name: unknown_value
select 'document' as view, v.field, count(*) filter (where v.is_wrong) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where v.is_wrong))[1:3] as examples, true as is_certain
from pg_temp.checked_document d
cross join lateral (values
    ('kind', d.kind not in ('invoice', 'cancellation')),
    ('status', d.status not in ('draft', 'completed', 'cancelled')),
    ('tax_mode', d.tax_mode not in ('vatfree', 'net', 'gross'))
) as v (field, is_wrong)
group by v.field
having bool_or(v.is_wrong)
union all
select 'practice', 'plan', count(*) filter (where p.plan not in ('solo', 'team', 'business')), count(*),
       (array_agg(d.document_id order by d.document_id) filter (where p.plan not in ('solo', 'team', 'business')))[1:3], true
from pg_temp.checked_document d
join pg_temp.checked_practice p using (practice_id)
having bool_or(p.plan not in ('solo', 'team', 'business'))
union all
select 'payer', 'country_code', count(*) filter (where c.is_wrong), count(*),
       (array_agg(c.document_id order by c.document_id) filter (where c.is_wrong))[1:3], true
from (select d.document_id, d.country_code is null and p.country_code !~* '^\s*[a-z]{2}(_[a-z0-9]{2})?\s*$' and p.country_code ~ '\S' as is_wrong
      from pg_temp.checked_document d
      join pg_temp.checked_payer p using (payer_id)) c
having bool_or(c.is_wrong);

-- name: null_value
with field as (
    select 'document' as view, v.field, d.document_id, v.is_wrong
    from pg_temp.checked_document d
    cross join lateral (values
        ('practice_id', d.practice_id is null), ('kind', d.kind is null), ('status', d.status is null),
        ('tax_mode', d.tax_mode is null), ('invoice_date', d.invoice_date is null), ('total', d.total is null)
    ) as v (field, is_wrong)
    union all
    select 'document', 'document_id', k.document_id, k.document_id is null
    from pg_temp.checked_key k
    union all
    select 'document_line', v.field, l.document_id, bool_or(v.is_wrong)
    from pg_temp.checked_line l
    cross join lateral (values
        ('line_id', l.line_id is null), ('quantity', l.quantity is null), ('unit_price', l.unit_price is null),
        ('vat_rate', l.vat_rate is null)
    ) as v (field, is_wrong)
    group by v.field, l.document_id
    union all
    select 'payer', v.field, d.document_id, v.is_wrong
    from pg_temp.checked_document d
    join pg_temp.checked_payer p using (payer_id)
    cross join lateral (values
        ('last_name', coalesce(p.last_name, '') !~ '\S' and coalesce(p.company_name, '') !~ '\S'),
        ('country_code', coalesce(d.country_code, p.country_code, '') !~ '\S')
    ) as v (field, is_wrong)
    union all
    select 'practice', v.field, d.document_id, v.is_wrong
    from pg_temp.checked_document d
    join pg_temp.checked_practice p using (practice_id)
    cross join lateral (values ('name', p.name is null), ('plan', p.plan is null)) as v (field, is_wrong)
)
select view, field, count(*) filter (where is_wrong) as count, count(*) as concerned,
       (array_agg(document_id order by document_id) filter (where is_wrong and document_id is not null))[1:3] as examples,
       true as is_certain
from field
group by view, field
having bool_or(is_wrong);

-- name: not_unique
-- A join that multiplies rows.
with row as (
    select 'document' as view, document_id, count(*) > 1 as is_wrong
    from pg_temp.checked_document
    group by document_id
    union all
    select 'document_line', l.document_id, bool_or(l.times > 1)
    from (select document_id, line_id, count(*) as times
          from pg_temp.checked_line where line_id is not null group by document_id, line_id) l
    group by l.document_id
    union all
    select 'payer', d.document_id, bool_or(p.times > 1)
    from pg_temp.checked_document d
    join (select payer_id, count(*) as times from pg_temp.checked_payer group by payer_id) p using (payer_id)
    group by d.document_id
    union all
    select 'practice', d.document_id, bool_or(p.times > 1)
    from pg_temp.checked_document d
    join (select practice_id, count(*) as times from pg_temp.checked_practice group by practice_id) p using (practice_id)
    group by d.document_id
)
select view, null::text as field, count(*) filter (where is_wrong) as count, count(*) as concerned,
       (array_agg(document_id order by document_id) filter (where is_wrong))[1:3] as examples, true as is_certain
from row
group by view
having bool_or(is_wrong);

-- name: no_payer
select 'payer' as view, 'payer_id' as field, count(*) filter (where d.is_wrong) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.is_wrong))[1:3] as examples, true as is_certain
from (select d.document_id, p.payer_id is null as is_wrong
      from pg_temp.checked_document d
      left join (select distinct payer_id from pg_temp.checked_payer) p using (payer_id)) d
having bool_or(d.is_wrong);

-- name: no_original
-- A cancellation that names no document, or one that is not there.
select 'document' as view, 'original_id' as field, count(*) filter (where d.is_wrong) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.is_wrong))[1:3] as examples, true as is_certain
from (select d.document_id, o.document_id is null as is_wrong
      from pg_temp.checked_document d
      left join (select distinct document_id from pg_temp.checked_original) o on o.document_id = d.original_id
      where d.kind = 'cancellation') d
having bool_or(d.is_wrong);

-- name: original_not_invoice
select 'document' as view, 'original_id' as field, count(*) filter (where d.is_wrong) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.is_wrong))[1:3] as examples, true as is_certain
from (select c.document_id, o.kind is distinct from 'invoice' or o.practice_id is distinct from c.practice_id as is_wrong
      from pg_temp.checked_document c
      join pg_temp.checked_original o on o.document_id = c.original_id
      where c.kind = 'cancellation') d
having bool_or(d.is_wrong);

-- name: cancelled_without_cancellation
select 'document' as view, 'status' as field, count(*) filter (where d.is_wrong) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.is_wrong))[1:3] as examples, true as is_certain
from (select d.document_id, c.original_id is null as is_wrong
      from pg_temp.checked_document d
      left join (select distinct original_id from pg_temp.checked_document where kind = 'cancellation') c
           on c.original_id = d.document_id
      where d.kind = 'invoice' and d.status = 'cancelled') d
having bool_or(d.is_wrong);

-- name: no_cancellations
-- Among 500 invoices one would expect some; a practice may be as lucky as that.
select 'document' as view, 'kind' as field, count(*) as count, count(*) as concerned, null::bigint[] as examples,
       false as is_certain
from pg_temp.checked_document d
having count(*) >= 500 and count(*) filter (where d.kind = 'cancellation') = 0;

-- name: sign_of_cancellation
select 'document' as view, 'total' as field, count(*) filter (where d.is_wrong) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.is_wrong))[1:3] as examples, true as is_certain
from (select document_id, kind, case kind when 'cancellation' then total > 0 else total < 0 end as is_wrong
      from pg_temp.checked_document where total is not null) d
group by d.kind
having bool_or(d.is_wrong);

-- name: total_is_net
select 'document' as view, 'total' as field, count(*) filter (where s.is_wrong) as count, count(*) as concerned,
       (array_agg(s.document_id order by s.document_id) filter (where s.is_wrong))[1:3] as examples, true as is_certain
from (select document_id, total_is_net as is_wrong
      from pg_temp.checked_sum where is_reckoned and abs(vat) > slack) s
having bool_or(s.is_wrong);

-- name: totals_differ
select 'document' as view, 'total' as field, count(*) filter (where s.is_wrong) as count, count(*) as concerned,
       (array_agg(s.document_id order by s.document_id) filter (where s.is_wrong))[1:3] as examples, true as is_certain
from (select document_id, abs(total - gross) > slack and not total_is_net as is_wrong
      from pg_temp.checked_sum where is_reckoned) s
having bool_or(s.is_wrong);

-- name: no_lines
select 'document_line' as view, null::text as field, count(*) filter (where s.lines = 0) as count, count(*) as concerned,
       (array_agg(s.document_id order by s.document_id) filter (where s.lines = 0))[1:3] as examples, true as is_certain
from pg_temp.checked_sum s
having bool_or(s.lines = 0);

-- name: rate_as_fraction
select 'document_line' as view, 'vat_rate' as field, count(*) filter (where s.fractions > 0) as count, count(*) as concerned,
       (array_agg(s.document_id order by s.document_id) filter (where s.fractions > 0))[1:3] as examples, true as is_certain
from pg_temp.checked_sum s
where s.taxed > 0
having bool_or(s.fractions > 0);

-- name: vat_with_note
-- Where every line is taxed there is nothing to exempt.
select 'document' as view, 'exemption_note' as field, count(*) filter (where s.has_note) as count, count(*) as concerned,
       (array_agg(s.document_id order by s.document_id) filter (where s.has_note))[1:3] as examples, true as is_certain
from pg_temp.checked_sum s
where s.lines > 0 and s.taxed = s.lines
having bool_or(s.has_note);

-- name: never_draft
-- Certain when many of those that are said to be completed lack what a document gets by completion.
select 'document' as view, 'status' as field, count(*) as count, count(*) as concerned, null::bigint[] as examples,
       exists (select from pg_temp.checked_document d
               having count(*) filter (where d.number is null or d.completed_at is null) * 20 > count(*)) as is_certain
from pg_temp.checked_key k
having count(*) >= 30 and count(*) filter (where k.status is null or k.status not in ('completed', 'cancelled')) = 0;

-- name: number_missing
select 'document' as view, 'number' as field, count(*) filter (where coalesce(d.number, '') !~ '\S') as count,
       count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where coalesce(d.number, '') !~ '\S'))[1:3] as examples,
       true as is_certain
from pg_temp.checked_document d
having bool_or(coalesce(d.number, '') !~ '\S');

-- name: number_not_unique
select 'document' as view, 'number' as field, count(*) filter (where d.times > 1) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.times > 1))[1:3] as examples, true as is_certain
from (select document_id, count(*) over (partition by practice_id, number) as times
      from (select distinct document_id, practice_id, number
            from pg_temp.checked_document where number is not null) once) d
having bool_or(d.times > 1);

-- name: completed_at_missing
select 'document' as view, 'completed_at' as field, count(*) filter (where d.completed_at is null) as count,
       count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.completed_at is null))[1:3] as examples,
       true as is_certain
from pg_temp.checked_document d
having bool_or(d.completed_at is null);

-- name: completed_at_shifted
-- By the events that the trigger has written, each in the transaction that completed its document: their median distance
-- is more than ten minutes. Without such events: documents of the last day that were completed in times to come.
with distance as (
    select d.document_id, extract(epoch from d.completed_at - e.created_at) as seconds
    from pg_temp.checked_document d
    join outbox.event e on e.practice_id = d.practice_id and e.document_id = d.document_id and e.origin = 'trigger'
    where isfinite(d.completed_at)
)
select 'document' as view, 'completed_at' as field, count(*) filter (where abs(seconds) > 600) as count,
       count(*) as concerned,
       (array_agg(document_id order by document_id) filter (where abs(seconds) > 600))[1:3] as examples, true as is_certain
from distance
having abs(percentile_cont(0.5) within group (order by seconds)) > 600
union all
select 'document', 'completed_at', count(*) filter (where completed_at > clock_timestamp() + interval '5 minutes'), count(*),
       (array_agg(document_id order by document_id) filter (where completed_at > clock_timestamp() + interval '5 minutes'))[1:3],
       true
from pg_temp.checked_document
where completed_at > clock_timestamp() - interval '1 day' and not exists (select from distance)
having bool_or(completed_at > clock_timestamp() + interval '5 minutes');

-- name: currency
-- Only EUR goes over; absent means EUR.
select 'document' as view, 'currency' as field, count(*) filter (where d.is_wrong) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.is_wrong))[1:3] as examples, true as is_certain
from (select document_id, coalesce(upper(btrim(currency)) not in ('EUR', ''), false) as is_wrong
      from pg_temp.checked_document) d
having bool_or(d.is_wrong);
