-- The address is the bill's. Of a person's one name the last word is the family name.
select c.id as payer_id, c.doctor as practice_id, case when c.is_company then c.name end as company_name,
       case when not c.is_company then nullif(regexp_replace(btrim(c.name), '\s*\S+$', ''), '') end as first_name,
       case when not c.is_company then substring(btrim(c.name) from '\S+$') end as last_name
from surgery.client c
