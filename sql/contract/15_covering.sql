-- Does a document go over by itself: one rule for the trigger, the safety net, the reading of a document and the proof of a
-- month. Reads our own tables only, nothing of the host. Idempotent.

-- Since when the transfer was on that takes this document along; no row: it does not go over by itself. Whoever was still
-- writing at the switch-on, and hosts that know no time of completion, count by `outbox.completed_before`. Its body is parsed
-- here and now, so that it needs no search path and becomes a part of the query that asks.
create or replace function outbox.covering(practice bigint, document bigint, completed timestamptz, dated date)
returns setof timestamptz language sql stable
begin atomic
    select p.enabled_at
    from outbox.lane_period p
    where p.practice_id = practice
      and (completed >= p.enabled_at
           or (completed >= p.since or completed is null and p.disabled_at is null)
              and not exists (select from outbox.completed_before b where b.document_id = document offset 0))
      and (p.disabled_at is null or completed < p.disabled_at)
      and coalesce(dated >= p.first_invoice_date, true);
end;
