-- One row per invoice to a customer (type out) and per credit note, which in Tryton is an invoice below 0.00; drafts
-- included. A posted invoice may also be cancelled without any document, where the company allows it
-- (cancel_invoice_out): its cancellation is a row of its own then, with the negative id and the number and "-S".
--
-- Completed is what has number, total and move: post_batch commits the state before the move, and until then it is a
-- draft here. The original of a credit note is the invoice that it was refunded with (cancel_move), or else the one its
-- first line was made from (origin); one that was written by hand has none. Times are without zone, in UTC.
-- Why no VAT is charged stands in the legal notice of the tax of 0 %. A practice that puts no tax on its lines at all
-- has no such text: it writes its note as a constant in the place of exemption_note.
select d.document_id, d.company as practice_id, d.party as payer_id, d.kind, d.original_id, d.number,
       d.status, d.invoice_date,
       (select max(ml.maturity_date) from account_move_line ml where ml.move = d.move and ml.account = d.account) as due_date,
       case when exists (select from account_invoice_line l
                         join account_invoice_line_account_tax lt on lt.line = l.id
                         join account_tax t on t.id = lt.tax or t.parent = lt.tax
                         where l.invoice = d.id and l.type = 'line' and t.rate <> 0) then 'net' else 'vatfree' end as tax_mode,
       (select string_agg(distinct nullif(btrim(t.legal_notice), ''), E'\n')
        from account_invoice_line l
        join account_invoice_line_account_tax lt on lt.line = l.id
        join account_tax t on t.id = lt.tax
        where l.invoice = d.id and l.type = 'line' and coalesce(t.rate, 0) = 0) as exemption_note,
       d.total, d.completed_at, currency.code as currency,
       nullif(btrim(split_part(a.street, E'\n', 1)), '') as street,
       nullif(btrim(replace(substr(a.street, length(split_part(a.street, E'\n', 1)) + 2), E'\n', ', ')), '') as address_supplement,
       a.postal_code as zip, a.city, coalesce(country.code, 'DE') as country_code
from (
    -- completed
    select i.id as document_id, i.id, i.company, i.party, i.currency, i.invoice_address, i.account, i.move, i.number,
           case when i.total_amount_cache < 0 or refunded.id is not null then 'cancellation' else 'invoice' end as kind,
           coalesce(refunded.id, origin.id) as original_id,
           case i.state when 'cancelled' then 'cancelled' else 'completed' end as status,
           i.invoice_date, i.total_amount_cache as total, m.create_date at time zone 'UTC' as completed_at
    from account_invoice i
    join account_move m on m.id = i.move
    left join lateral (
        select o.id from account_invoice o where o.cancel_move = i.move and o.type = 'out' order by o.id limit 1
    ) refunded on true
    left join lateral (
        select o.invoice as id
        from account_invoice_line l
        join account_invoice_line o on o.id = nullif(split_part(l.origin, 'account.invoice.line,', 2), '')::integer
        where l.invoice = i.id and i.total_amount_cache < 0
        order by l.sequence nulls first, l.id
        limit 1
    ) origin on true
    where i.type = 'out' and i.state in ('posted', 'paid', 'cancelled') and i.number is not null
      and i.total_amount_cache is not null
    union all
    -- not completed, or not yet wholly: a part of its own, so that the safety net can leave it aside
    select i.id, i.id, i.company, i.party, i.currency, i.invoice_address, i.account, i.move, i.number,
           case when i.total_amount_cache < 0 then 'cancellation' else 'invoice' end, null, 'draft', i.invoice_date,
           i.total_amount_cache, null
    from account_invoice i
    where i.type = 'out' and (i.state not in ('posted', 'paid', 'cancelled') or i.number is null
                              or i.total_amount_cache is null or i.move is null)
    union all
    -- cancelled without a document
    select -i.id, i.id, i.company, i.party, i.currency, i.invoice_address, i.account, null, i.number || '-S',
           'cancellation', i.id, 'completed', m.date, -i.total_amount_cache, m.create_date at time zone 'UTC'
    from account_invoice i
    join account_move m on m.id = i.cancel_move
    where i.type = 'out' and i.state = 'cancelled' and i.cancel_move is not null and i.move is not null
      and i.number is not null and i.total_amount_cache is not null
      and not exists (select from account_invoice c where c.move = i.cancel_move)
) d
join currency_currency currency on currency.id = d.currency
left join party_address a on a.id = d.invoice_address
left join country_country country on country.id = a.country
