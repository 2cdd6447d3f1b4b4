-- A cancelled invoice is two rows: itself, and its cancellation, whose key has a minus in front. What is called deleted was
-- never completed.
select contract.id(r."Nr.") as document_id, r."Nr." as host_key, contract.id(k."Mandant") as practice_id,
       contract.id(r."Klient"::text) as payer_id, 'invoice' as kind, null::bigint as original_id, r."Nr." as number,
       case r."Stand" when 'Entwurf' then 'draft' when 'gebucht' then 'completed' when 'storniert' then 'cancelled' end as status,
       to_date(r."Datum", 'DD.MM.YYYY') as invoice_date, 'vatfree' as tax_mode, r."Hinweis" as exemption_note,
       r."Summe"::numeric as total, r."gebucht am" at time zone 'Europe/Berlin' as completed_at
from "Büro ""Süd"""."Rechnung" r
join "Büro ""Süd"""."Klient" k on k."Id" = r."Klient"
where not r."gelöscht"
union all
select contract.id('-' || r."Nr."), '-' || r."Nr.", contract.id(k."Mandant"), contract.id(r."Klient"::text), 'cancellation',
       contract.id(r."Nr."), r."Nr." || '-S', 'completed', r."storniert am"::date, 'vatfree', r."Hinweis", -r."Summe"::numeric,
       r."storniert am" at time zone 'Europe/Berlin'
from "Büro ""Süd"""."Rechnung" r
join "Büro ""Süd"""."Klient" k on k."Id" = r."Klient"
where r."Stand" = 'storniert' and not r."gelöscht"
