-- Outside a transaction: outbox.event is written to all the time.
-- The index by number holds settled events only. Numbers of one practice lie scattered in it ('RE-9' is far from 'RE-10'), so
-- each hand-out read and logged a cold page of it. What is pending is found among what waits in the practice.

drop index concurrently if exists outbox.event_settled_number;
create index concurrently event_settled_number on outbox.event (practice_id, number) where state <> 'pending';
drop index concurrently if exists outbox.event_by_number
