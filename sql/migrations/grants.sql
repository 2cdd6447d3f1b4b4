-- What the roles may do: read the promised views, work in our own schemas, own nothing of the host; and what the host may
-- read of us. Applied with the host's views, in one transaction. Idempotent.

grant usage on schema contract, outbox, lexware to lexrelay_worker;
revoke all on all tables in schema contract from lexrelay_worker;
grant select on contract.practice, contract.document, contract.document_line, contract.payer to lexrelay_worker;
grant execute on function contract.leaks(bigint), contract.id(text) to lexrelay_worker;
grant select, insert, update on all tables in schema outbox to lexrelay_worker;
grant select, insert, update on all tables in schema lexware to lexrelay_worker;
grant delete on outbox.attempt, outbox.look, outbox.process to lexrelay_worker;
grant usage on all sequences in schema outbox to lexrelay_worker;
grant usage on all sequences in schema lexware to lexrelay_worker;
revoke update on outbox.operator_action, outbox.look, outbox.installation, outbox.migration, outbox.host_file, lexware.price
    from lexrelay_worker;
revoke update on lexware.document_states, lexware.document_decisions, lexware.contact_states, lexware.former_links,
    lexware.strangers from lexrelay_worker;
revoke insert on outbox.installation, outbox.migration, outbox.host_file, lexware.price from lexrelay_worker;
grant usage on schema lexrelay to lexrelay_host;
grant select on lexrelay.document_status, lexrelay.practice_status to lexrelay_host;
