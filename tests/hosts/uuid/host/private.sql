select contract.id(b.id::text) as document_id, c.born as birth_date, null as insurance_number
from clinic.bill b
join clinic.client c on c.id = b.client
