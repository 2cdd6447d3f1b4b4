-- The deferred constraint trigger on the host's table. Runs at commit, so it sees the document as it will stay.
-- Applied only when the trigger is missing, with a short lock timeout and retries: creating it locks the table.

create constraint trigger lexrelay_document_completed
after insert or update of status on practice.invoices
deferrable initially deferred
for each row when (new.status <> 'draft')
execute function contract.document_completed();
