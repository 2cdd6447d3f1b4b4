-- What is not to be known any more: a customer asks to be erased, or a number must not be told.

-- name: unsettled
-- Events of the customer that may still have to be looked for. Params: practice_id, customer_id.
select e.event_id
from outbox.event e
where e.practice_id = %(practice_id)s and e.payer_id = %(customer_id)s
  and (e.state in ('pending', 'dead')
       or exists (select from outbox.intent i where i.event_id = e.event_id and i.closed_at is null))
order by e.event_id;

-- name: names
-- Take the keyed hash of the name from what was sent; how many. Params: practice_id, customer_id.
select outbox.forget_names(%(practice_id)s, %(customer_id)s) as intents;

-- name: delivered
-- How many of the customer's documents went over. Params: practice_id, customer_id.
select count(*) as events from outbox.event
where practice_id = %(practice_id)s and payer_id = %(customer_id)s and state = 'delivered';

-- name: private_numbers
-- Take numbers that must not be told out of events that were written before that was known; those that went over were looked through.
-- Reads contract: what a number holds is asked there.
update outbox.event set number = null
where state <> 'delivered' and number is not null and contract.number_is_private(document_id);
