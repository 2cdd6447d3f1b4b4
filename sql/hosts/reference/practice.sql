-- One row per practice: one customer of the practice software.
select p.id as practice_id, p.name, p.plan
from practice.practices p
