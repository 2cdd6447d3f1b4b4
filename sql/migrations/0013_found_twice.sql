-- Only the ledger changes the state of an event. Whoever notices that a document is in the remote system twice tells it.

create function outbox.found_twice(of_practice bigint, of_document bigint, remote_ids uuid[]) returns void
language sql set search_path = pg_catalog, pg_temp
as $$
update outbox.event
set state = 'dead', reason = 'duplicate_found', cause = 'duplicate_found', due_at = null,
    closed_at = clock_timestamp(), lease_until = null, handed_at = null, begun_at = null, worker = null,
    detail = jsonb_build_object('lexware_ids', to_jsonb(remote_ids))
where practice_id = of_practice and document_id = of_document
$$;
comment on function outbox.found_twice(bigint, bigint, uuid[]) is
    'The event of a document that is there twice dies, whatever state it has; called twice, the second changes nothing more.';
