create index if not exists bill_by_id on clinic.bill (contract.id(id::text));
create index if not exists position_by_bill on clinic.position (contract.id(bill::text));
create index if not exists client_by_id on clinic.client (contract.id(id::text));
