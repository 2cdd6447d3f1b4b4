"""Deaths before sending: what the practice's data lack or contradict, each mended in the practice software."""

from decimal import Decimal

from causes.cause import Cause, Words
from causes.deeds import Happens, after, cancellation, command, described, described_right, discard, invoice, mend
from causes.scene import Scene

_TAXED = {"tax_mode": "net", "items": [{"vat_rate": Decimal(19)}], "total": Decimal("101.15"), "exemption_note": None}
_FILL_IN: Words = ("ergänzen, dann replay", "Fill in what is named in the practice software, then replay")
_ASK: Words = ("(die Einstellung wird dabei neu gelesen)", "it reads the setting anew")
_CLEAR: Words = ("von Diagnosen, Geburtsdatum und Versichertennummer befreien", "Clear the field named of diagnoses")


def _vanished(statement: str) -> Happens:
    """Completed, and gone again before it could be sent."""

    def happens(scene: Scene) -> int:
        document = scene.practice.invoice(scene.practice.customer())
        scene.host(statement)
        scene.stage.run()
        return document

    return happens


def _crowded(scene: Scene) -> int:
    """An invoice of 301 lines."""
    document = scene.practice.invoice(scene.practice.customer(), [], total=Decimal(301))
    scene.host(
        "insert into practice.invoice_items (invoice_id, position, description, unit, unit_price) "
        "select id, n, 'Übung', 'Minute', 1 from practice.invoices, generate_series(1, 301) as n"
    )
    scene.stage.run()
    return document


def _confirm(scene: Scene, document: int) -> None:
    """The wording is confirmed, and what waits for it goes on by itself."""
    scene.of_practice("practice", "confirm-note", scene.event_id(document))
    scene.stage.run()


def _endless(scene: Scene) -> int:
    """An invoice of more lines than anybody would read."""
    document = scene.practice.invoice(scene.practice.customer(), [], total=Decimal(85))
    scene.host(
        "insert into practice.invoice_items (invoice_id, position, description, unit_price) "
        "select id, n, 'Übung', 1 from practice.invoices, generate_series(1, 6000) as n"
    )
    scene.stage.run()
    return document


def _issue_anew(scene: Scene, document: int) -> None:
    """Closed, cancelled, and written once more as it should have been; the cancellation finds nothing to cancel."""
    discard(scene, document)
    cancellation = scene.practice.cancel(document, total=Decimal(-85))
    assert scene.stage.outcome(scene.send()) == ("delivered", None)
    discard(scene, cancellation)


def _missing(name: str, happens: Happens, field: Words, remedy: str, **settings: str) -> Cause:
    return Cause(
        name=name, happens=happens, reason="missing_field", who="practice", says=field, step=_FILL_IN,
        remedy=mend(remedy), settings=settings,
    )  # fmt: skip


BEFORE_SENDING = (
    _missing(
        "no-country", invoice(payer={"country_code": None}),
        ("Land des Empfängers (payer.country_code)", "addressee's country (payer.country_code)"),
        "update practice.customers set country_code = 'DE'",
    ),
    _missing(
        "country-in-words", invoice(payer={"country_code": "Deutschland"}),
        ("Land des Empfängers (payer.country_code)", "addressee's country (payer.country_code)"),
        "update practice.customers set country_code = 'DE'",
    ),
    _missing(
        "nameless", invoice(payer={"first_name": None, "last_name": " "}),
        ("Nachname oder Firma des Empfängers (payer.last_name)", "addressee's last name or company (payer.last_name)"),
        "update practice.customers set last_name = 'Beispiel'",
    ),
    _missing(
        "no-number", invoice(number=None),
        ("Belegnummer (document.number)", "document number (document.number)"),
        "update practice.invoices set number = 'RE-2026-0099'",
    ),
    _missing(
        "no-date", invoice(invoice_date=None),
        ("Belegdatum (document.invoice_date)", "document date (document.invoice_date)"),
        "update practice.invoices set invoice_date = '2026-11-02'",
    ),
    _missing(
        "no-total", invoice(total=None),
        ("Betrag des Belegs (document.total)", "the document's total (document.total)"),
        "update practice.invoices set total = 85",
    ),
    _missing(
        "price-beyond-reason", invoice(items=[{"unit_price": Decimal("NaN")}], total=Decimal(85)),
        ("Position 1, Einzelpreis (lines[0].unit_price)", "line 1, unit price (lines[0].unit_price)"),
        "update practice.invoice_items set unit_price = 85",
    ),
    _missing(
        "wordless-line", invoice(items=[{"code": None, "description": " "}]),
        ("Position 1, Bezeichnung (lines[0].description)", "line 1, description (lines[0].description)"),
        "update practice.invoice_items set description = 'Krankengymnastik'", lines="itemised",
    ),
    Cause(
        name="no-items", happens=invoice(items=[], total=Decimal(85)), reason="no_items", who="practice",
        says=("keine einzige Position", "not a single line"),
        step=("Positionen in der Praxissoftware nachtragen", "Add the lines in the practice software"),
        remedy=mend("insert into practice.invoice_items (invoice_id, position, quantity, unit, unit_price, vat_rate) "
                    "select id, 1, 1, 'Leistung', 85, 0 from practice.invoices"),
    ),
    Cause(
        name="other-currency", happens=after(described("document.sql", "i.total,", "i.total, 'CHF' as currency,"), then=invoice()),
        reason="currency", who="practice", says=("nicht auf Euro", "not in euros"),
        step=("in Lexware von Hand anlegen", "Enter the document in Lexware by hand"),
        remedy=discard, replay=None, ends=("discarded", 0),
    ),
    Cause(
        name="select-fails", happens=after(described("payer.sql", "c.zip", "c.city::int::text as zip"), then=invoice()),
        reason="host_data", who="operator",
        says=("Sicht: payer; Spalte: zip; SQLSTATE: 22P02", "View: payer; Column: zip; SQLSTATE: 22P02"),
        step=("die Abfrage der genannten Sicht im Host-Ordner", "the select of the view named in the host folder"),
        remedy=described_right,
    ),
    Cause(
        name="totals-differ", happens=invoice(total=Decimal("85.01")), reason="totals_differ", who="practice",
        says=("Betrag in der Praxis: 85.01; Betrag in Lexware: 85.00", "Amount here: 85.01; Amount there: 85.00"),
        step=("preview zeigt beide Summen", "preview shows both sums"),
        remedy=mend("update practice.invoices set total = 85"),
    ),
    Cause(
        name="invoice-below-zero", happens=invoice(items=[{"unit_price": Decimal(-5)}]), reason="negative_total",
        who="practice", says=("Betrag: -5.00", "Amount: -5.00"),
        step=("Beträge in der Praxissoftware richtigstellen", "Put the amounts right in the practice software"),
        remedy=mend("update practice.invoice_items set unit_price = 5", "update practice.invoices set total = 5"),
    ),
    Cause(
        name="cancellation-above-zero", happens=cancellation(total=Decimal(85)), reason="negative_total",
        who="practice", says=("ein Storno über 0 Euro", "no cancellation above 0 euros"),
        step=("Beträge in der Praxissoftware richtigstellen", "Put the amounts right in the practice software"),
        remedy=mend("update practice.invoices set total = -85 where kind = 'cancellation'"),
    ),
    Cause(
        name="old-vat-rate", happens=invoice(items=[{"vat_rate": Decimal(16)}]), reason="unknown_tax_rate", who="practice",
        says=("Position 1, Steuersatz (lines[0].vat_rate); Steuersatz in Prozent: 16.00", "VAT rate in per cent: 16.00"),
        step=("Den Steuersatz in der Praxissoftware berichtigen", "Correct the VAT rate in the practice software"),
        remedy=mend("update practice.invoice_items set vat_rate = 0"),
    ),
    Cause(
        name="vat-on-a-vatfree-document", happens=invoice(items=[{"vat_rate": Decimal(7)}]), reason="tax_conflict",
        who="practice", says=("weist Umsatzsteuer aus", "shows VAT"), step=_ASK,
        remedy=mend("update practice.invoice_items set vat_rate = 0"),
    ),
    Cause(
        name="vat-in-a-vatfree-company", happens=invoice(**_TAXED), reason="tax_conflict", who="practice",
        says=("das Unternehmen in Lexware ist umsatzsteuerfrei", "or the company in Lexware is"), step=_ASK,
        remedy=lambda scene, _document: scene.user("set_tax", tax_type="net"),
    ),
    Cause(
        name="vat-of-a-small-business", happens=invoice(**_TAXED), reason="tax_conflict", who="practice",
        says=("weist Umsatzsteuer aus", "shows VAT"), step=_ASK,
        remedy=lambda scene, _document: scene.user("set_tax", tax_type="net"), settings={"small_business": True},
    ),
    Cause(
        name="no-exemption-note", happens=invoice(exemption_note=None), reason="exemption_note_missing", who="practice",
        says=("sagt aber nicht, warum", "does not say why"),
        step=("Befreiungshinweis (etwa § 4 Nr. 14 UStG)", "Enter the exemption note (such as § 4 Nr. 14 UStG)"),
        remedy=mend("update practice.invoices set exemption_note = 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG'"),
    ),
    Cause(
        name="diagnosis-in-a-note", happens=invoice(exemption_note="Umsatzsteuerfrei, F32.1"), reason="health_data",
        who="practice", says=("Befreiungshinweis (document.exemption_note)", "exemption note (document.exemption_note)"),
        step=_CLEAR, remedy=mend("update practice.invoices set exemption_note = 'Umsatzsteuerfrei'"),
    ),
    Cause(
        name="note-in-new-words", happens=invoice(exemption_note="Umsatzsteuerfrei, wie mit dem Finanzamt besprochen"),
        reason="new_note", who="practice",
        says=("einen Wortlaut, den noch niemand bestätigt hat", "a wording that nobody has confirmed"),
        step=("mit practice confirm-note ansehen und bestätigen", "with practice confirm-note and confirm it"),
        remedy=_confirm, replay=None,
    ),
    Cause(
        name="insurance-number-in-an-address", reason="health_data", who="practice",
        happens=invoice(payer={"street": "Lindenweg 3, Q123456789", "insurance_number": "Q123456789"}),
        says=("Straße (payer.street)", "street (payer.street)"), step=_CLEAR,
        remedy=mend("update practice.customers set street = 'Lindenweg 3'"),
    ),
    Cause(
        name="diagnosis-in-a-line", happens=invoice(items=[{"description": "Krankengymnastik bei M54.5"}]),
        reason="health_data", who="practice", settings={"lines": "itemised"},
        says=("Position 1, Bezeichnung (lines[0].description)", "line 1, description (lines[0].description)"),
        step=("practice enable --lines neutral", "practice enable --lines neutral"),
        remedy=command("practice", "enable", "--lines", "neutral"),
    ),
    Cause(
        name="long-note", happens=invoice(exemption_note="Umsatzsteuerfrei. " * 120), reason="text_too_long",
        who="practice", says=("Länge: 2159; Höchstens: 2000", "Length: 2159; At most: 2000"),
        step=("Das genannte Feld in der Praxissoftware kürzen", "Shorten the field named in the practice software"),
        remedy=mend("update practice.invoices set exemption_note = 'Umsatzsteuerfrei'"),
    ),
    Cause(
        name="long-street", happens=invoice(payer={"street": "Lindenweg " * 11}), reason="text_too_long",
        who="practice", says=("Straße (payer.street); Länge: 109", "street (payer.street); Length: 109"),
        step=("Das genannte Feld in der Praxissoftware kürzen", "Shorten the field named in the practice software"),
        remedy=mend("update practice.customers set street = 'Lindenweg 3'"),
    ),
    Cause(
        name="too-many-lines", happens=_crowded, reason="too_many_lines", who="practice",
        says=("Positionen: 301; Höchstens: 300", "Lines: 301; At most: 300"),
        step=("practice enable --lines neutral", "practice enable --lines neutral"),
        remedy=command("practice", "enable", "--lines", "neutral"), settings={"lines": "itemised"},
    ),
    Cause(
        name="endless", happens=_endless, reason="too_large", who="practice",
        says=("größer als jeder, den Lexware nähme", "larger than any that Lexware would take"),
        step=("in der Praxissoftware aufteilen oder seine Texte kürzen", "Split the document in the practice software"),
        remedy=mend("delete from practice.invoice_items where position > 85"),
    ),
    Cause(
        name="put-back-to-draft", happens=_vanished("update practice.invoices set status = 'draft'"),
        reason="document_gone", who="practice", says=("gelöscht oder wieder Entwurf", "deleted, or a draft again"),
        step=("wiederherstellen und abschließen: er geht dann von selbst hinüber", "complete the document: it then goes over by itself"),
        remedy=mend("update practice.invoices set status = 'completed'"), replay=None,
    ),
    Cause(
        name="deleted", happens=_vanished("delete from practice.invoice_items; delete from practice.invoices"),
        reason="document_gone", who="practice", says=("gelöscht oder wieder Entwurf", "deleted, or a draft again"),
        step=("mit discard schließen", "close it with discard"), remedy=discard, replay=None, ends=("discarded", 0),
    ),
    Cause(
        name="issued-anew", happens=invoice(number="RE-2026-0007", total=Decimal("85.01")), reason="totals_differ",
        who="practice", says=("einen anderen Betrag", "another amount"),
        step=("neu ausstellen und diesen Eintrag mit discard schließen", "issue it anew and close this entry with discard"),
        remedy=_issue_anew,
        replay=None, ends=("discarded", 0),
    ),
)  # fmt: skip
