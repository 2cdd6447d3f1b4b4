-- Schema lexware: what is known of the other side. Rows that say "document D is Lexware's X" are never removed.

create schema if not exists lexware;
comment on schema lexware is 'lexrelay: connections, contacts and documents in Lexware, bookings and prices.';

create table lexware.connection (
    practice_id bigint primary key,
    organisation_id uuid,
    company_name text,
    tax_type text check (tax_type in ('net', 'gross', 'vatfree')),
    small_business boolean,
    key_encrypted text,
    key_stored_at timestamptz,
    profile_read_at timestamptz,
    lines text not null default 'neutral' check (lines in ('neutral', 'itemised')),
    matching text not null default 'exact' check (matching in ('exact', 'never')),
    avv_date date,
    avv_recorded_by text,
    avv_recorded_at timestamptz,
    check ((key_encrypted is null) = (key_stored_at is null))
);
comment on table lexware.connection is 'The practice''s side of the transfer: key, organisation, settings.';
comment on column lexware.connection.key_encrypted is 'Fernet token; the plain key is never stored or printed.';
comment on column lexware.connection.avv_date is 'Date of the processing agreement with Lexware (AVV).';

create table lexware.contact_link (
    link_id bigint generated always as identity primary key,
    practice_id bigint not null,
    customer_id bigint not null,
    organisation_id uuid not null,
    contact_id uuid not null,
    origin text not null check (origin in ('created', 'matched', 'linked')),
    linked_by text not null,
    linked_at timestamptz not null default clock_timestamp(),
    unlinked_at timestamptz
);
comment on table lexware.contact_link is 'Customer C is Lexware''s contact X; the "Lex Office Kontakt ID".';
create unique index one_contact_per_customer on lexware.contact_link (practice_id, customer_id, organisation_id)
    where unlinked_at is null;
create index contact_link_by_contact on lexware.contact_link (practice_id, contact_id) where unlinked_at is null;

create table lexware.document_link (
    practice_id bigint not null,
    document_id bigint not null,
    organisation_id uuid not null,
    kind text not null check (kind in ('invoice', 'cancellation')),
    lexware_id uuid not null,
    contact_id uuid,
    linked_invoice_id uuid,
    notice text,
    origin text not null check (origin in ('created', 'adopted', 'by_hand')),
    linked_at timestamptz not null default clock_timestamp(),
    primary key (practice_id, document_id, organisation_id)
);
comment on table lexware.document_link is 'Document D is Lexware''s document X. Never removed.';
comment on column lexware.document_link.linked_invoice_id is 'On a credit note: the Lexware invoice it was linked to; null: unlinked.';
comment on column lexware.document_link.notice is 'draft_pair: original and credit note are both drafts, a human finalises or deletes both.';
create index document_link_by_lexware_id on lexware.document_link (practice_id, lexware_id);

create table lexware.booking (
    booking_id bigint generated always as identity primary key,
    practice_id bigint not null,
    billing text not null check (billing in ('monthly', 'yearly')),
    ordered_on date not null,
    trial_until date,
    decline_by date,
    ends_on date,
    ordered_by text not null,
    ordered_at timestamptz not null default clock_timestamp(),
    ended_by text,
    ended_at timestamptz
);
comment on table lexware.booking is 'Orders of the feature. All dates are inclusive Berlin days.';
create index booking_of_practice on lexware.booking (practice_id, ordered_on);

create table lexware.price (
    plan text not null check (plan in ('solo', 'team', 'business')),
    billing text not null check (billing in ('monthly', 'yearly')),
    valid_from date not null,
    net_amount numeric(10, 2) not null,
    primary key (plan, billing, valid_from)
);
comment on table lexware.price is 'Net prices in EUR per period, by the day they begin to hold.';
insert into lexware.price (plan, billing, valid_from, net_amount) values
    ('solo', 'monthly', '2020-01-01', 6.00), ('solo', 'yearly', '2020-01-01', 65.00),
    ('team', 'monthly', '2020-01-01', 0.00), ('team', 'yearly', '2020-01-01', 0.00),
    ('business', 'monthly', '2020-01-01', 0.00), ('business', 'yearly', '2020-01-01', 0.00);
