select p."Id" as line_id, contract.id(p."Rechnung") as document_id, p."Text" as description,
       to_date(p."Tag", 'DD.MM.YYYY') as treated_on, p."Menge" as quantity, replace(p."Preis", ',', '.')::numeric as unit_price,
       0 as vat_rate
from "Büro ""Süd"""."Position" p
union all
select p."Id", contract.id('-' || p."Rechnung"), p."Text", to_date(p."Tag", 'DD.MM.YYYY'), p."Menge",
       -replace(p."Preis", ',', '.')::numeric, 0
from "Büro ""Süd"""."Position" p
join "Büro ""Süd"""."Rechnung" r on r."Nr." = p."Rechnung" and r."Stand" = 'storniert'
