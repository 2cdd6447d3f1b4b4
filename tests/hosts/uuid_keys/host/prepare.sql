-- One index for every column that is asked for by its number: without them each document reads the whole table.
create index if not exists lexrelay_site on clinic.site (contract.id(key::text));
create index if not exists lexrelay_person on clinic.person (contract.id(key::text));
create index if not exists lexrelay_invoice on clinic.invoice (contract.id(key::text));
create index if not exists lexrelay_item on clinic.item (contract.id(invoice::text));
