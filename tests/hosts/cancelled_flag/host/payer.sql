-- Addresses are the bills': the contact gets that of the client's last one, and each document goes to its own (document.sql).
-- Of a person's one name the last word is the family name.
select c.id as payer_id, c.doctor as practice_id, case when c.is_company then c.name end as company_name,
       case when not c.is_company then nullif(regexp_replace(btrim(c.name), '\s*\S+$', ''), '') end as first_name,
       case when not c.is_company then substring(btrim(c.name) from '\S+$') end as last_name,
       last.street, last.postcode as zip, last.town as city, last.country as country_code
from surgery.client c
left join lateral (select b.* from surgery.bill b where b.client = c.id order by b.id desc limit 1) last on true
