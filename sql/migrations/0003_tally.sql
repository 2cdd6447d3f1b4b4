-- What the reading commands need to answer at once beside millions of settled events: a tally of settled events per
-- practice, the state of an event in one word, and the few cancellations that wait for a human.

create table outbox.tally (
    practice_id bigint primary key,
    delivered bigint not null,
    dead bigint not null,
    discarded bigint not null,
    last_delivered_at timestamptz
);
comment on table outbox.tally is 'How many events of a practice are settled. Complete only together with outbox.tally_change.';

-- Changes are appended and folded into the tally later, so that no settlement waits for another one's count.
create table outbox.tally_change (
    change_id bigint generated always as identity primary key,
    practice_id bigint not null,
    delivered bigint not null,
    dead bigint not null,
    discarded bigint not null,
    last_delivered_at timestamptz
);
comment on table outbox.tally_change is 'What has happened since the tally was last folded.';
grant delete on outbox.tally_change to lexrelay_worker;

create view outbox.settled as
select practice_id, sum(delivered)::bigint as delivered, sum(dead)::bigint as dead, sum(discarded)::bigint as discarded,
       max(last_delivered_at) as last_delivered_at
from (
    select practice_id, delivered, dead, discarded, last_delivered_at from outbox.tally
    union all
    select practice_id, delivered, dead, discarded, last_delivered_at from outbox.tally_change
) as counted
group by practice_id;
comment on view outbox.settled is 'Settled events per practice, exact at any moment.';

create function outbox.count_change() returns trigger language plpgsql as $$
begin
    insert into outbox.tally_change (practice_id, delivered, dead, discarded, last_delivered_at)
    values (new.practice_id,
            (new.state = 'delivered')::int - (old.state = 'delivered')::int,
            (new.state = 'dead')::int - (old.state = 'dead')::int,
            (new.state = 'discarded')::int - (old.state = 'discarded')::int,
            case when new.state = 'delivered' then new.closed_at end);
    return null;
end
$$;
create trigger count_change after update of state on outbox.event
for each row when (old.state is distinct from new.state) execute function outbox.count_change();

-- Events are born pending; those that are loaded settled (a restored part, a test) count as well.
create function outbox.count_born_settled() returns trigger language plpgsql as $$
begin
    insert into outbox.tally_change (practice_id, delivered, dead, discarded, last_delivered_at)
    select practice_id, count(*) filter (where state = 'delivered'), count(*) filter (where state = 'dead'),
           count(*) filter (where state = 'discarded'), max(closed_at) filter (where state = 'delivered')
    from born where state <> 'pending'
    group by practice_id;
    return null;
end
$$;
create trigger count_born_settled after insert on outbox.event
referencing new table as born for each statement execute function outbox.count_born_settled();

-- The triggers' locks are held until this commits, so nothing is counted twice or missed.
insert into outbox.tally (practice_id, delivered, dead, discarded, last_delivered_at)
select practice_id, count(*) filter (where state = 'delivered'), count(*) filter (where state = 'dead'),
       count(*) filter (where state = 'discarded'), max(closed_at) filter (where state = 'delivered')
from outbox.event where state <> 'pending'
group by practice_id;

create function outbox.standing(e outbox.event, connection text) returns text language sql stable as $$
select case
    when e.state <> 'pending' then e.state
    when e.lease_until is not null then 'in_flight'
    when connection is distinct from 'active' then 'held'
    when exists (select from outbox.intent i where i.event_id = e.event_id and i.closed_at is null) then 'in_doubt'
    when outbox.blocked(e) then 'blocked'
    else 'pending'
end
$$;
comment on function outbox.standing(outbox.event, text) is
    'Where an event stands, in one word, given outbox.lane_connection of its practice. Open intents of its document are its own.';

create index document_link_draft_pair on lexware.document_link (practice_id) where notice = 'original_is_draft';
