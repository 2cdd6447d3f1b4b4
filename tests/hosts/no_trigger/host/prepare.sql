create index if not exists lexrelay_takes_back on therapy.receipt (takes_back);
create index if not exists lexrelay_sessions on therapy.session (receipt);
