select contract.id(p.key::text) as payer_id, p.key as host_key, contract.id(p.site::text) as practice_id,
       p.given_name as first_name, p.family_name as last_name, p.street, p.postcode as zip, p.town as city,
       p.country as country_code
from clinic.person p
