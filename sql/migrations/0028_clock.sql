-- The server's clock was set back, or another server with an earlier one took its place: what was to come in a minute would
-- come as much later, and whoever was switched on "in future" would miss what is completed before. All that lies ahead is
-- moved with the clock. What an intent or a look has recorded stays: who waits for these waits the longer.

-- Pollers note the moment of a good round again and again: that one lies ahead is how it is noticed. Returns by how many
-- seconds all was moved; null: the clock goes on as it should. Of several pollers one moves it.
create function outbox.follow_clock(tolerated_seconds float8) returns float8
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    back interval;
begin
    for turn in 1..2 loop
        select max(p.last_round_at) - clock_timestamp() into back from outbox.process p;
        if back is null or back <= make_interval(secs => tolerated_seconds) then
            return null;
        elsif turn = 1 then
            perform from outbox.installation for update;
        end if;
    end loop;
    update outbox.process set last_round_at = last_round_at - back where last_round_at > clock_timestamp();
    update outbox.lane
    set tat = case when tat > clock_timestamp() and isfinite(tat) then tat - back else tat end,
        cool_until = case when cool_until > clock_timestamp() and isfinite(cool_until) then cool_until - back else cool_until end
    where tat > clock_timestamp() or cool_until > clock_timestamp();
    update outbox.lane_period
    set enabled_at = least(enabled_at, clock_timestamp()), since = least(since, clock_timestamp())
    where disabled_at is null and (enabled_at > clock_timestamp() or since > clock_timestamp());
    update outbox.event
    set due_at = case when due_at > clock_timestamp() then due_at - back else due_at end, handed_at = handed_at - back,
        lease_until = lease_until - back
    where due_at > clock_timestamp() or handed_at > clock_timestamp();
    update outbox.job
    set due_at = case when due_at > clock_timestamp() then due_at - back else due_at end, handed_at = handed_at - back,
        lease_until = lease_until - back, started_at = least(started_at, clock_timestamp())
    where due_at > clock_timestamp() or handed_at > clock_timestamp();
    update outbox.outage set probe_at = probe_at - back where ended_at is null and probe_at > clock_timestamp();
    return extract(epoch from back);
end
$$;
comment on function outbox.follow_clock(float8) is
    'Moves all that lies ahead with a clock that was set back; by how many seconds, or null.';
