select contract.id(s.key::text) as practice_id, s.key as host_key, s.name, 'solo' as plan
from clinic.site s
