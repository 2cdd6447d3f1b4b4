-- One row per party. Tryton has one name for persons and companies and no sign which of both a party is: its name goes
-- as the company's. GNU Health has a sign (is_person) and family names (lastname): with it the name is the first name,
-- or, without a family name, its last word is taken for one. Both columns are read by way of JSON, since a plain Tryton
-- does not have them.
-- Parties belong to all companies of a database: the practice is the first one that wrote them an invoice.
select p.id as payer_id,
       coalesce((select min(i.company) from account_invoice i where i.party = p.id), (select min(c.id) from company_company c))
           as practice_id,
       p.code as customer_number, null as salutation,
       case when not one.is_person then null
            when one.family is not null then p.name
            else nullif(regexp_replace(btrim(p.name), '\s*\S+$', ''), '') end as first_name,
       case when one.is_person then coalesce(one.family, substring(btrim(p.name) from '\S+$')) end as last_name,
       case when not one.is_person then p.name end as company_name,
       nullif(btrim(split_part(a.street, E'\n', 1)), '') as street,
       nullif(btrim(replace(substr(a.street, length(split_part(a.street, E'\n', 1)) + 2), E'\n', ', ')), '') as address_supplement,
       a.postal_code as zip, a.city, coalesce(country.code, 'DE') as country_code,
       (select c.value from party_contact_mechanism c where c.party = p.id and c.active and c.type = 'email'
        order by c.sequence nulls first, c.id limit 1) as email,
       (select c.value from party_contact_mechanism c where c.party = p.id and c.active and c.type in ('phone', 'mobile')
        order by c.sequence nulls first, c.id limit 1) as phone
from party_party p
cross join lateral (
    select coalesce((to_jsonb(p) ->> 'is_person')::boolean, false) as is_person,
           nullif(btrim(to_jsonb(p) ->> 'lastname'), '') as family
) one
left join lateral (
    select a.* from party_address a where a.party = p.id and a.active
    order by a.invoice desc nulls last, a.sequence nulls first, a.id limit 1
) a on true
left join country_country country on country.id = a.country
