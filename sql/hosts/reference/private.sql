-- What must never leave: seen by contract.leaks() alone, which says in which field it found it.
select i.id as document_id, c.birth_date, c.insurance_number, c.first_name, c.last_name
from practice.invoices i
join practice.customers c on c.id = i.customer_id
