"""Four small practice softwares that nobody uses: how a user of each writes, in plain SQL, one transaction a deed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class SmallHost:
    """One of them; its schema and the folder that describes it lie in a folder of its name."""

    name: str
    payer: str
    """Writes a payer without a country, who is `%(name)s`; returns the key."""
    repair: str
    """Gives the payer `%(payer)s`, or the documents, the country that was missing."""
    invoice: str
    """Completes an invoice of `%(number)s` to the payer; returns the key."""
    cancel: str
    """Cancels the invoice `%(invoice)s` with the number `%(number)s`."""
    cents: int
    """What an invoice comes to."""
    cancellation_number: str = "ST-1"

    @property
    def folder(self) -> Path:
        """The host folder."""
        return HERE / self.name / "host"

    def __str__(self) -> str:
        return self.name

    def install(self, db: psycopg.Connection[Any]) -> None:
        """Make its tables."""
        db.execute((HERE / self.name / "schema.sql").read_bytes())

    def do(self, db: psycopg.Connection[Any], deed: str, **values: Any) -> Any:
        """One deed; the key of what was made, if it made something."""
        statement: str = getattr(self, deed)
        cursor = db.execute(statement.encode(), values)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


UUID_KEYS = SmallHost(
    name="uuid_keys",
    payer="insert into clinic.person (site, given_name, family_name, street, postcode, town, born_on, insured_as) "
    "select key, 'Ada', %(name)s, 'Lindenweg 3', '50667', 'Köln', '1980-02-01', 'X1234567890' from clinic.site returning key",
    repair="update clinic.person set country = 'DE' where key = %(payer)s",
    invoice="with made as (insert into clinic.invoice (site, person, number, state, dated, gross, finished_at) "
    "select site, key, %(number)s, 'finished', '2026-11-02', 85.00, clock_timestamp() from clinic.person "
    "where key = %(payer)s returning key) "
    "insert into clinic.item (invoice, place, treatment, price) select key, 1, 'Krankengymnastik', 85.00 from made "
    "returning invoice",
    cancel="with gone as (update clinic.invoice set state = 'reversed' where key = %(invoice)s returning *), "
    "made as (insert into clinic.invoice (site, person, reverses, number, state, dated, gross, finished_at) "
    "select site, person, key, %(number)s, 'finished', '2026-11-03', -gross, clock_timestamp() from gone returning key) "
    "insert into clinic.item (invoice, place, treatment, price) select key, 1, 'Krankengymnastik', -85.00 from made",
    cents=8500,
)

CANCELLED_FLAG = SmallHost(
    name="cancelled_flag",
    payer="insert into surgery.client (doctor, name) select id, 'Ada ' || %(name)s::text from surgery.doctor returning id",
    repair="update surgery.bill set country = 'DE' where client = %(payer)s",
    invoice="with made as (insert into surgery.bill (doctor, client, number, issued_on, issued_at, gross, street, postcode, "
    "town, country) select doctor, id, %(number)s, '2026-11-02', clock_timestamp(), 107.10, 'Lindenweg 3', '50667', "
    "'Köln', (select max(b.country) from surgery.bill b where b.client = c.id) from surgery.client c where id = %(payer)s returning id) "
    "insert into surgery.bill_line (bill, treatment, minutes, price_per_hour) select id, 'Beratung', 45, 120 from made "
    "returning bill",
    cancel="update surgery.bill set cancelled = true, cancelled_at = clock_timestamp() where id = %(invoice)s",
    cents=10710,
    cancellation_number="RE-2-S",
)

NO_TRIGGER = SmallHost(
    name="no_trigger",
    payer="insert into therapy.patient (name, street, postcode, town) values ('Ada ' || %(name)s::text, 'Lindenweg 3', '50667', 'Köln') "
    "returning id",
    repair="update therapy.patient set country = 'DE' where id = %(payer)s",
    invoice="with made as (insert into therapy.receipt (patient, number, closed_at) values (%(payer)s, %(number)s, "
    "clock_timestamp() at time zone 'Europe/Berlin') returning id) "
    "insert into therapy.session (receipt, held_on, fee) select id, '2026-11-02', 85 from made returning receipt",
    cancel="with made as (insert into therapy.receipt (patient, number, closed_at, takes_back) "
    "select patient, %(number)s, clock_timestamp() at time zone 'Europe/Berlin', id from therapy.receipt "
    "where id = %(invoice)s returning id) "
    "insert into therapy.session (receipt, held_on, fee) select id, '2026-11-02', -85 from made",
    cents=8500,
)

GERMAN_WORDS = SmallHost(
    name="german_words",
    payer="""insert into "Büro ""Süd\"""."Klient" ("Mandant", "Vorname", "Nachname", "Straße", "PLZ", "Ort", "geboren") """
    """select "Kürzel", 'Ada', %(name)s, 'Lindenweg 3', 1067, 'Dresden', '01.02.1980' from "Büro ""Süd\"""."Mandant" """
    'returning "Id"',
    repair="""update "Büro ""Süd\"""."Klient" set "Land" = 'Deutschland' where "Id" = %(payer)s""",
    invoice="""with made as (insert into "Büro ""Süd\"""."Rechnung" ("Nr.", "Klient", "Stand", "Datum", "Summe", "Hinweis") """
    """values (%(number)s, %(payer)s, 'gebucht', '02.11.2026', 85.00::numeric::money, 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG') """
    """returning "Nr.") insert into "Büro ""Süd\"""."Position" ("Rechnung", "Text", "Tag", "Menge", "Preis") """
    """select "Nr.", 'Krankengymnastik', '02.11.2026', 2, '42,50' from made returning "Rechnung\"""",
    cancel="""update "Büro ""Süd\"""."Rechnung" set "Stand" = 'storniert' where "Nr." = %(invoice)s""",
    cents=8500,
    cancellation_number="RE-2-S",
)

SMALL_HOSTS = (UUID_KEYS, CANCELLED_FLAG, NO_TRIGGER, GERMAN_WORDS)
