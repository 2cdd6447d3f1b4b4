create index if not exists lexrelay_rechnung on "Büro ""Süd"""."Rechnung" (contract.id("Nr."));
create index if not exists lexrelay_storno on "Büro ""Süd"""."Rechnung" (contract.id('-' || "Nr."));
create index if not exists lexrelay_position on "Büro ""Süd"""."Position" (contract.id("Rechnung"));
create index if not exists lexrelay_storno_position on "Büro ""Süd"""."Position" (contract.id('-' || "Rechnung"));
create index if not exists lexrelay_klient on "Büro ""Süd"""."Klient" (contract.id("Id"::text));
