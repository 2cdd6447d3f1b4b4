create index if not exists lexrelay_cancelled on surgery.bill ((-id)) where cancelled;
create index if not exists lexrelay_lines on surgery.bill_line (bill);
create index if not exists lexrelay_cancelled_lines on surgery.bill_line ((-bill));
create index if not exists lexrelay_client on surgery.bill (client, id);
