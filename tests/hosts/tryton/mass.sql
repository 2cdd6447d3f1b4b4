-- Rows of Tryton's shape, as its own code would leave them, without the time that it takes: %(many)s documents of three
-- lines each, every other one exempt, of twenty one credit note with a refund, one cancelled without a document and one
-- draft. They were completed %(apart)s seconds apart, the last one now; a person has ten of them.
create temporary table mass on commit drop as
select n, coalesce((select max(id) from account_invoice), 0) + n as id, coalesce((select max(id) from account_move), 0) + 2 * n as move,
       coalesce((select max(id) from party_party), 0) + (n + 9) / 10 as party, n %% 20 = 10 as is_credit, n %% 20 = 9 as is_credited,
       n %% 20 = 5 as is_cancelled, n %% 20 = 0 as is_draft, n %% 4 >= 2 as is_exempt,
       (clock_timestamp() at time zone 'UTC') - make_interval(secs => (%(many)s - n) * %(apart)s) as at
from generate_series(1, %(many)s) n;
analyze mass;

insert into party_party (id, name, code, active, create_date)
select distinct party, 'Ada Beispiel ' || party, 'P' || party, true, now() from mass;
insert into party_address (id, party, street, postal_code, city, active, invoice)
select coalesce((select max(id) from party_address), 0) + row_number() over (order by party), party, 'Lindenweg 1', '50667', 'Köln', true, true
from (select distinct party from mass) p;

insert into account_move (id, company, create_date, date, journal, number, period, state)
select m.id, company.id, m.at, m.at::date, journal.id, 'M' || m.id, period.id, 'posted'
from (select move as id, at from mass where not is_draft union all select move + 1, at from mass where is_cancelled) m,
     company_company company, (select min(id) as id from account_journal) journal, (select min(id) as id from account_period) period;
insert into account_move_line (id, move, account, debit, credit, maturity_date, state)
select coalesce((select max(id) from account_move_line), 0) + n, move, receivable.id, 85, 0, at::date + 14, 'valid'
from mass, (select min(a.id) as id from account_account a join account_account_type t on t.id = a.type where t.receivable) receivable
where not is_draft;

-- An invoice that was refunded precedes its credit note, which is of the same kind.
insert into account_invoice (id, account, company, create_date, currency, invoice_address, invoice_date, journal, move,
                             cancel_move, number, party, state, type, total_amount_cache)
select i.id, receivable.id, company.id, i.at, company.currency, address.id, i.at::date, journal.id,
       case when not i.is_draft then i.move end,
       case when i.is_cancelled then i.move + 1 when i.is_credited then i.move + 2 end,
       case when not i.is_draft then 'X-' || i.id end, i.party,
       case when i.is_draft then 'draft' when i.is_cancelled or i.is_credited then 'cancelled' else 'posted' end, 'out',
       case when not i.is_draft then case when i.is_credit then -1 else 1 end * case when i.is_exempt or i.is_credited then 85.00 else 101.15 end end
from mass i
join company_company company on true
join (select min(id) as id from account_journal) journal on true
join (select min(a.id) as id from account_account a join account_account_type t on t.id = a.type where t.receivable) receivable on true
join lateral (select min(a.id) as id from party_address a where a.party = i.party) address on true;

insert into account_invoice_line (id, invoice, company, currency, account, type, sequence, quantity, unit_price, description, origin)
select l.base + i.n * 3 + k, i.id, company.id, company.currency, revenue.id, 'line', k, case when i.is_credit then -1 else 1 end * case k when 1 then 2 else 1 end,
       case k when 1 then 14.165 when 2 then 28.33 else 28.34 end, 'Behandlung',
       case when i.is_credit then 'account.invoice.line,' || (l.base + (i.n - 1) * 3 + k) end
from mass i, generate_series(1, 3) k, (select coalesce(max(id), 0) as base from account_invoice_line) l, company_company company,
     (select min(a.id) as id from account_account a join account_account_type t on t.id = a.type where t.revenue) revenue;
insert into account_invoice_line_account_tax (id, line, tax)
select coalesce((select max(id) from account_invoice_line_account_tax), 0) + row_number() over (order by l.id), l.id, tax.id
from mass i
join account_invoice_line l on l.invoice = i.id
join account_tax tax on tax.name = case when i.is_exempt or i.is_credited then 'befreit' else '19 %%' end;
