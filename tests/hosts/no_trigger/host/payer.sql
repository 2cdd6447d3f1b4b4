select p.id as payer_id, 1 as practice_id, regexp_replace(btrim(p.name), '\s*\S+$', '') as first_name,
       substring(btrim(p.name) from '\S+$') as last_name, p.street, p.postcode as zip, p.town as city, p.country as country_code
from therapy.patient p
