-- A small practice software with uuid keys: completed is a timestamp, one name for person and company, a flag for cancelled.

create schema clinic;
create table clinic.site (id uuid primary key default gen_random_uuid(), title text not null);
create table clinic.client (
    id uuid primary key default gen_random_uuid(), site uuid not null references clinic.site, name text not null,
    is_company boolean not null, street text, zip text, town text, born date
);
create table clinic.bill (
    id uuid primary key default gen_random_uuid(), site uuid not null references clinic.site,
    client uuid not null references clinic.client, no text, storno boolean not null default false,
    storno_of uuid references clinic.bill, day date, closed_at timestamptz
);
create table clinic.position (
    id uuid primary key default gen_random_uuid(), bill uuid not null references clinic.bill, place int not null,
    what text, amount double precision not null, net numeric not null, vat numeric not null
);

insert into clinic.site (title) values ('Praxis Mühlenhof');
insert into clinic.client (site, name, is_company, street, zip, town, born)
select id, 'Berta Muster', false, 'Mühlenhof 2', '10115', 'Berlin', '1970-02-03' from clinic.site;
insert into clinic.bill (site, client, no, day) select site, id, 'B-1', '2026-11-02' from clinic.client;
insert into clinic.bill (site, client, no, day, storno, storno_of)
select site, client, 'B-1-S', '2026-11-03', true, id from clinic.bill;
insert into clinic.position (bill, place, what, amount, net, vat)
select id, 1, 'Kurs', 1, case when storno then -100 else 100 end, 0.19 from clinic.bill;
