-- An invented practice software: names with capitals, umlauts and quotes, texts for days and prices, a domain over money,
-- its own enum, a text of digits for a key, rows that are only called deleted, and triggers of its own.
create schema "Büro ""Süd""";
create domain "Büro ""Süd"""."Geld" as money;
create type "Büro ""Süd"""."Stand" as enum ('Entwurf', 'gebucht', 'storniert');
create table "Büro ""Süd"""."Mandant" ("Kürzel" varchar(8) primary key, "Name" text not null);
create table "Büro ""Süd"""."Klient" (
    "Id" uuid primary key default gen_random_uuid(), "Mandant" varchar(8) not null references "Büro ""Süd"""."Mandant",
    "Vorname" text, "Nachname" text, "Straße" text, "PLZ" int, "Ort" text, "Land" text, "geboren" text, "Versichertennr." text
);
create table "Büro ""Süd"""."Rechnung" (
    "Nr." text primary key, "Klient" uuid not null references "Büro ""Süd"""."Klient", "Stand" "Büro ""Süd"""."Stand" not null default 'Entwurf',
    "Datum" text, "Summe" "Büro ""Süd"""."Geld", "Hinweis" text, "gebucht am" timestamp, "storniert am" timestamp,
    "gelöscht" boolean not null default false
);
create table "Büro ""Süd"""."Position" (
    "Id" serial primary key, "Rechnung" text not null references "Büro ""Süd"""."Rechnung", "Text" text, "Tag" text,
    "Menge" double precision not null, "Preis" text not null
);
create function "Büro ""Süd""".stempeln() returns trigger language plpgsql as $$
begin
    if new."Stand" = 'gebucht' and new."gebucht am" is null then
        new."gebucht am" := clock_timestamp() at time zone 'Europe/Berlin';
    elsif new."Stand" = 'storniert' and new."storniert am" is null then
        new."storniert am" := clock_timestamp() at time zone 'Europe/Berlin';
    end if;
    return new;
end
$$;
create trigger stempeln before insert or update on "Büro ""Süd"""."Rechnung" for each row execute function "Büro ""Süd""".stempeln();
insert into "Büro ""Süd"""."Mandant" values ('17', 'Praxis Süd');
