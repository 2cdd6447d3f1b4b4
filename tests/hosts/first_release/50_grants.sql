-- What the role lexrelay_worker may do: read the contract, work in our own schemas, own nothing of the host.
-- Applied after every migration. Idempotent.

grant usage on schema contract, outbox, lexware to lexrelay_worker;
grant select on all tables in schema contract to lexrelay_worker;
grant execute on function contract.leaks(bigint) to lexrelay_worker;
grant select, insert, update on all tables in schema outbox to lexrelay_worker;
grant select, insert, update on all tables in schema lexware to lexrelay_worker;
grant delete on outbox.attempt, outbox.look, outbox.process to lexrelay_worker;
grant usage on all sequences in schema outbox to lexrelay_worker;
grant usage on all sequences in schema lexware to lexrelay_worker;
revoke update on outbox.operator_action, outbox.look, outbox.installation, outbox.migration, lexware.price from lexrelay_worker;
revoke insert on outbox.installation, outbox.migration, lexware.price from lexrelay_worker;
