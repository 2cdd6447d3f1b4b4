select contract.id(i.key::text) as document_id, p.born_on as birth_date, p.insured_as as insurance_number,
       p.given_name as first_name, p.family_name as last_name
from clinic.invoice i
join clinic.person p on p.key = i.person
