-- Whom documents are addressed to: person or company, not always the patient.
select c.id as payer_id, c.practice_id, c.customer_number, c.salutation, c.first_name, c.last_name, c.company_name,
       c.street, c.address_supplement, c.zip, c.city, c.country_code, c.email, c.phone
from practice.customers c
