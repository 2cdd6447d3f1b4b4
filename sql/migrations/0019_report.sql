-- The proof of a month: what was in the practice, what went over, what lies in Lexware; in a chain of hashes.

create table lexware.reports (
    id bigint generated always as identity primary key,
    practice_id bigint not null,
    month date not null check (extract(day from month) = 1),
    sequence int not null check (sequence > 0),
    body text not null,
    substance_sha256 text not null,
    previous_sha256 text,
    sha256 text not null,
    complete boolean not null,
    as_of timestamptz not null,
    made_at timestamptz not null default clock_timestamp(),
    signed_at timestamptz,
    signed_by text,
    signed_why text,
    unique (practice_id, sequence),
    check ((signed_at is null) = (signed_by is null)),
    check ((sequence = 1) = (previous_sha256 is null))
);
comment on table lexware.reports is 'Each report of a month as it was made. Append-only; only the signature is written later, once.';
comment on column lexware.reports.sequence is 'The place in the practice''s chain: each holds the hash of the one before.';
comment on column lexware.reports.body is 'Canonical JSON without the key sha256, byte for byte what the hash is of; text, since jsonb would rewrite it.';
comment on column lexware.reports.substance_sha256 is 'The hash of what it says, without when Lexware was asked: a report that says nothing new is not kept.';
comment on column lexware.reports.as_of is 'What was seen in Lexware later than this stands in the next report.';
create index report_of_month on lexware.reports (practice_id, month, sequence desc);
create unique index one_signed_report_per_month on lexware.reports (practice_id, month) where signed_at is not null;

create function lexware.keep_report() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if old.signed_at is not null
       or (new.id, new.practice_id, new.month, new.sequence, new.body, new.substance_sha256, new.previous_sha256, new.sha256,
           new.complete, new.as_of, new.made_at)
          is distinct from (old.id, old.practice_id, old.month, old.sequence, old.body, old.substance_sha256,
                            old.previous_sha256, old.sha256, old.complete, old.as_of, old.made_at) then
        raise 'a report is never changed; it is signed once' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger keep_report before update on lexware.reports for each row execute function lexware.keep_report();

create or replace function lexware.month_closed(of_practice bigint, day date) returns boolean
language sql stable set search_path = pg_catalog, pg_temp
as $$
select exists (select from lexware.reports r
               where r.practice_id = of_practice and r.month = date_trunc('month', day)::date and r.signed_at is not null)
$$;
comment on function lexware.month_closed(bigint, date) is
    'Whether the report of that day''s month is signed, so that its documents are not read any more.';
