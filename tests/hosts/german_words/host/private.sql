select contract.id(sign || r."Nr.") as document_id, to_date(k."geboren", 'DD.MM.YYYY') as birth_date,
       k."Versichertennr." as insurance_number, k."Vorname" as first_name, k."Nachname" as last_name
from "Büro ""Süd"""."Rechnung" r
join "Büro ""Süd"""."Klient" k on k."Id" = r."Klient"
cross join (values (''), ('-')) as before (sign)
