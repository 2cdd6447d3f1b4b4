-- Replay: when an event was last given a fresh start, and how dead letters are grouped and filtered.

alter table outbox.event add column replayed_at timestamptz;
comment on column outbox.event.replayed_at is
    'The last fresh start by an operator: absences seen before it prove nothing any more.';

create function outbox.cause_group(e outbox.event) returns text language sql stable as $$
select left(encode(sha256(convert_to(coalesce(e.cause, e.reason, ''), 'UTF8')), 'hex'), 8)
$$;
comment on function outbox.cause_group(outbox.event) is 'Short name of the cause, short enough to be typed: letters of one cause share it.';

create function outbox.dead_letters(of_practice bigint, of_reason text, of_group text, since timestamptz, ago interval)
returns setof outbox.event language sql stable as $$
select e.*
from outbox.event e
where e.state = 'dead'
  and (of_practice is null or e.practice_id = of_practice)
  and (of_reason is null or e.reason = of_reason)
  and (of_group is null or outbox.cause_group(e) = of_group)
  and e.closed_at >= coalesce(since, clock_timestamp() - ago, '-infinity')
$$;
comment on function outbox.dead_letters(bigint, text, text, timestamptz, interval) is
    'Dead letters by practice, reason, group, and the time of death: since a moment or for so long; null: all.';

create function outbox.sender_alive(i outbox.intent) returns boolean language sql volatile as $$
select exists (select from outbox.attempt a where a.event_id = i.event_id and a.fence = i.fence and a.ended_at is null)
   and exists (select from pg_locks
               where locktype = 'advisory' and classid = 5462898 and objid = i.worker and objsubid = 2 and granted
                 and database = (select oid from pg_database where datname = current_database()))
$$;
comment on function outbox.sender_alive(outbox.intent) is
    'True while the process that may have sent it still holds its lock and has not ended its attempt: frozen, not dead.';
