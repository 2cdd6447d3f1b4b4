-- An invented practice software: an invoice is cancelled by a flag and gets no document for it. Each invoice has the
-- address it was sent to; one name column serves persons and companies; treatments are counted in minutes.
create schema surgery;
create table surgery.doctor (id int generated always as identity primary key, name text not null);
create table surgery.client (
    id int generated always as identity primary key, doctor int not null references surgery.doctor, name text not null,
    is_company boolean not null default false
);
create table surgery.bill (
    id int generated always as identity primary key, doctor int not null references surgery.doctor,
    client int not null references surgery.client, number text, issued_on date, issued_at timestamptz,
    cancelled boolean not null default false, cancelled_at timestamptz, gross numeric(12, 2), currency text not null default 'EUR',
    street text, postcode text, town text, country text
);
create table surgery.bill_line (
    id int generated always as identity primary key, bill int not null references surgery.bill, treatment text,
    minutes int not null, price_per_hour numeric(12, 4) not null, vat numeric not null default 0.19
);
insert into surgery.doctor (name) values ('Dr. Muster');
