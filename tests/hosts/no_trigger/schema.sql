-- An invented practice software: completed is what has a closing time, which may lie ahead; its tables take no trigger.
create schema therapy;
create table therapy.patient (
    id bigint generated always as identity primary key, name text not null, street text, postcode text, town text, country text
);
create table therapy.receipt (
    id bigint generated always as identity primary key, patient bigint not null references therapy.patient, number text,
    closed_at timestamp, takes_back bigint references therapy.receipt
);
create table therapy.session (
    id bigint generated always as identity primary key, receipt bigint not null references therapy.receipt, held_on date,
    fee numeric(10, 2) not null
);
