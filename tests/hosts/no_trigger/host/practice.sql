-- One practice, which the database does not know as a row.
select 1 as practice_id, 'Therapie Muster' as name, 'team' as plan
