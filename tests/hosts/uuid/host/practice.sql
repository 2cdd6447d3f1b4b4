select contract.id(s.id::text) as practice_id, s.title as name, 'solo' as plan, s.id::text as host_key
from clinic.site s
