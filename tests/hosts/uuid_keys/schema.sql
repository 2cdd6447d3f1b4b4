-- An invented practice software: keys are uuids, and a cancellation is an invoice that names another one.
create schema clinic;
create table clinic.site (key uuid primary key default gen_random_uuid(), name text not null);
create table clinic.person (
    key uuid primary key default gen_random_uuid(), site uuid not null references clinic.site, given_name text,
    family_name text, street text, postcode text, town text, country text, born_on date, insured_as text
);
create table clinic.invoice (
    key uuid primary key default gen_random_uuid(), site uuid not null references clinic.site,
    person uuid not null references clinic.person, reverses uuid references clinic.invoice, number text,
    state text not null default 'open', dated date, gross numeric(12, 2), finished_at timestamptz
);
create table clinic.item (
    key uuid primary key default gen_random_uuid(), invoice uuid not null references clinic.invoice, place int,
    treatment text, price numeric(12, 2) not null
);
insert into clinic.site (name) values ('Praxis am Park');
