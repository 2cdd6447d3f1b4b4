-- Where Lexware's pages are, for what the host gets back; `lexrelay migrate` keeps what LEXWARE_APP_URL says.

alter table outbox.installation add column app_url text not null default 'https://app.lexware.de';
comment on column outbox.installation.app_url is 'LEXWARE_APP_URL as of the last `lexrelay migrate`.';
