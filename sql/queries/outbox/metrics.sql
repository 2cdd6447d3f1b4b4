-- What the metrics tell beside the figures of `lexrelay status`. Practices by id; no person, no number of a document.

-- name: counters
-- What has happened so far, by kind.
select what, step, how, times, seconds from outbox.counted;

-- name: lanes
-- Every practice with a lane; moments in seconds since 1970, `cool_until` only while it cools down.
-- Reads lexware: the age of a key is an alarm.
select l.practice_id, l.pause_reason,
       case when l.cool_until > clock_timestamp() then extract(epoch from l.cool_until)::float8 end as cool_until,
       extract(epoch from c.key_stored_at)::float8 as key_stored_at
from outbox.lane l
left join lexware.connection c using (practice_id)
order by l.practice_id;

-- name: installation
-- Of the whole installation: when Lexware fell silent (null: it answers), and the time now.
select (select extract(epoch from started_at)::float8 from outbox.outage where ended_at is null) as outage_since,
       extract(epoch from clock_timestamp())::float8 as now;
