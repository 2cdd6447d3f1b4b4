select contract.id(m."Kürzel") as practice_id, m."Kürzel" as host_key, m."Name" as name, 'team' as plan
from "Büro ""Süd"""."Mandant" m
