select d.id as practice_id, d.name, 'solo' as plan from surgery.doctor d
