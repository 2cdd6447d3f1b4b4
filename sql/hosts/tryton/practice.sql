-- One row per company that writes invoices in this database.
-- Tryton does not know what a practice has ordered: the plan is a constant here. Change it to team or business where
-- that is what was ordered; it decides what the transfer costs.
select c.id as practice_id, p.name, 'solo' as plan
from company_company c
join party_party p on p.id = c.party
