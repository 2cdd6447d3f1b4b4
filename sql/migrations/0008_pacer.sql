-- The rate is one for each organisation (G4): practices that are connected with the same one take their slots in turn.

alter table outbox.lane add column pacer bigint;
comment on column outbox.lane.pacer is
    'The lane whose slots this one takes: that of the first practice of its organisation; null: its own.';

create function outbox.pacer(l outbox.lane) returns bigint language sql immutable as $$
select coalesce(l.pacer, l.practice_id)
$$;
comment on function outbox.pacer(outbox.lane) is 'The practice whose lane counts the slots of this one.';

update outbox.lane l
set pacer = shared.first
from (select c.practice_id, min(o.practice_id) as first
      from lexware.connection c
      join lexware.connection o on o.organisation_id = c.organisation_id
      group by c.practice_id) shared
where shared.practice_id = l.practice_id and shared.first <> l.practice_id;
