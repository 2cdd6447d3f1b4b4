select contract.id(c.id::text) as payer_id, contract.id(c.site::text) as practice_id, c.id::text as host_key,
       case when c.is_company then c.name end as company_name, c.street, c.zip, c.town as city, 'DE' as country_code,
       case when not c.is_company then split_part(c.name, ' ', 1) end as first_name,
       case when not c.is_company then substr(c.name, strpos(c.name, ' ') + 1) end as last_name
from clinic.client c
