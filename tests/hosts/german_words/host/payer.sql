select contract.id(k."Id"::text) as payer_id, k."Id" as host_key, contract.id(k."Mandant") as practice_id,
       k."Vorname" as first_name, k."Nachname" as last_name, k."Straße" as street, lpad(k."PLZ"::text, 5, '0') as zip,
       k."Ort" as city, case k."Land" when 'Deutschland' then 'DE' when 'Österreich' then 'AT' end as country_code
from "Büro ""Süd"""."Klient" k
