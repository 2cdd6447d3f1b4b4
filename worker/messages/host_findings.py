"""What the rehearsal of a host's description finds: what each code means, and what to do about it."""

from dataclasses import dataclass

from worker.messages import Text


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong, and the remedy."""

    message: Text
    remedy: Text


_OF_COLUMNS = {
    "missing_column": Told(
        Text(de="In {view}.sql fehlt: {columns}.", en="{view}.sql lacks: {columns}."),
        Text(
            de="Die Spalte unter diesem Namen auswählen; was der Host nicht kennt, aber muss, hier ausrechnen.",
            en="Select the column under this name; what the host does not keep is computed here.",
        ),
    ),
    "wrong_type": Told(
        Text(
            de="{view}.{field} ist {found}, gebraucht wird {wanted}.",
            en="{view}.{field} is {found} where {wanted} is needed.",
        ),
        Text(de="{remedy}", en="{remedy}"),
    ),
    "select_fails": Told(
        Text(de="{what}", en="{what}"),
        Text(
            de="Den Select mit psql ausführen und berichtigen; Umwandlungen und Divisionen so schreiben, dass keine Zeile "
            "sie scheitern lässt.",
            en="Run the select in psql and mend it; write casts and divisions so that no row can make them fail.",
        ),
    ),
    "unknown_value": Told(
        Text(
            de="{view}.{field} hat einen unbekannten Wert. Belege: {count} von {concerned}.",
            en="{view}.{field} has an unknown value. Documents: {count} of {concerned}.",
        ),
        Text(
            de="In {view}.sql auf die Werte des Vertrags abbilden: kind invoice, cancellation; status draft, completed, "
            "cancelled; tax_mode vatfree, net, gross; plan solo, team, business; country_code wie DE, AT, CH.",
            en="Map it in {view}.sql to the contract's values: kind invoice, cancellation; status draft, completed, "
            "cancelled; tax_mode vatfree, net, gross; plan solo, team, business; country_code like DE, AT, CH.",
        ),
    ),
    "null_value": Told(
        Text(
            de="{view}.{field} ist leer. Belege: {count} von {concerned}.",
            en="{view}.{field} is null. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Solche Belege gehen nicht hinüber. In {view}.sql den Wert auswählen, der hier stehen muss.",
            en="Such documents do not go over. Select in {view}.sql the value that must stand here.",
        ),
    ),
    "not_unique": Told(
        Text(
            de="{view}.sql gibt dieselbe Zeile mehrmals. Belege: {count} von {concerned}.",
            en="{view}.sql gives the same row several times. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Ein join vervielfacht die Zeilen: durch left join lateral (… limit 1) oder exists ersetzen.",
            en="A join multiplies rows: replace it by left join lateral (… limit 1) or exists.",
        ),
    ),
    "currency": Told(
        Text(
            de="Die Währung ist eine andere als EUR. Belege: {count} von {concerned}.",
            en="The currency is another one than EUR. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Sie gehen nicht hinüber. currency muss der dreistellige ISO-Code sein (EUR), keine Kennung und kein Zeichen.",
            en="They do not go over. currency must be the ISO code of three letters (EUR), no id and no sign.",
        ),
    ),
}

_OF_DOCUMENTS = {
    "no_payer": Told(
        Text(
            de="Der Zahler fehlt in payer.sql. Belege: {count} von {concerned}.",
            en="The payer is not in payer.sql. Documents: {count} of {concerned}.",
        ),
        Text(
            de="payer_id muss in beiden Dateien dieselbe Kennung sein, und payer.sql darf niemanden weglassen.",
            en="payer_id must be the same id in both files, and payer.sql must leave nobody out.",
        ),
    ),
    "no_original": Told(
        Text(
            de="Ein Storno nennt keine Rechnung, oder eine, die es in document.sql nicht gibt. Stornos: {count} von {concerned}.",
            en="A cancellation names no invoice, or one that is not in document.sql. Cancellations: {count} of {concerned}.",
        ),
        Text(
            de="original_id muss die document_id der Rechnung sein, die storniert wird.",
            en="original_id must be the document_id of the invoice that is cancelled.",
        ),
    ),
    "original_not_invoice": Told(
        Text(
            de="Das Original eines Stornos ist keine Rechnung dieser Praxis. Stornos: {count} von {concerned}.",
            en="The original of a cancellation is no invoice of this practice. Cancellations: {count} of {concerned}.",
        ),
        Text(
            de="original_id und kind prüfen: storniert wird eine Rechnung, kein Storno.",
            en="Look at original_id and kind: what is cancelled is an invoice, not a cancellation.",
        ),
    ),
    "cancelled_without_cancellation": Told(
        Text(
            de="Zu einer stornierten Rechnung fehlt der Stornobeleg. Stornierte Rechnungen: {count} von {concerned}.",
            en="A cancelled invoice has no cancellation document. Cancelled invoices: {count} of {concerned}.",
        ),
        Text(
            de="In Lexware bliebe die Rechnung stehen. Wer nur ein Kennzeichen setzt, zeigt das Storno in document.sql als "
            "eigene Zeile.",
            en="In Lexware the invoice would stand. A host that only sets a flag shows the cancellation as a row of its own "
            "in document.sql.",
        ),
    ),
    "no_cancellations": Told(
        Text(
            de="Unter vielen Belegen ist kein einziges Storno. Belege: {count}.",
            en="There is not a single cancellation among many documents. Documents: {count}.",
        ),
        Text(
            de="Wenn die Praxis storniert: kind in document.sql prüfen, und ob ein where die Stornos weglässt.",
            en="If the practice does cancel: look at kind in document.sql, and for a where that leaves them out.",
        ),
    ),
    "sign_of_cancellation": Told(
        Text(
            de="Die Summe hat das falsche Vorzeichen. Belege: {count} von {concerned}.",
            en="The total has the wrong sign. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Eine Rechnung ist 0 oder mehr, ein Storno 0 oder weniger; die Preise seiner Zeilen ebenso.",
            en="An invoice is 0 or more, a cancellation 0 or less; the prices of its lines likewise.",
        ),
    ),
    "total_is_net": Told(
        Text(
            de="total ist die Summe ohne Steuer. Belege mit Umsatzsteuer: {count} von {concerned}.",
            en="total is the sum without VAT. Documents with VAT: {count} of {concerned}.",
        ),
        Text(
            de="total ist brutto: was der Zahler schuldet. Sind es die Preise, die brutto sind, muss tax_mode gross sein.",
            en="total is gross: what the payer owes. If it is the prices that are gross, tax_mode must be gross.",
        ),
    ),
    "totals_differ": Told(
        Text(
            de="Die Zeilen ergeben eine andere Summe als total. Belege: {count} von {concerned}.",
            en="The lines come to another sum than total. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Fehlende Zeilen, Rabatte als eigene Zeile, quantity mal unit_price und tax_mode prüfen.",
            en="Look for missing lines, discounts as lines of their own, quantity times unit_price and tax_mode.",
        ),
    ),
    "no_lines": Told(
        Text(
            de="Die Zeilen fehlen. Belege: {count} von {concerned}.",
            en="There are no lines. Documents: {count} of {concerned}.",
        ),
        Text(
            de="document_id muss in beiden Dateien dieselbe Kennung sein, und document_line.sql darf keine Zeile weglassen.",
            en="document_id must be the same id in both files, and document_line.sql must leave no line out.",
        ),
    ),
    "rate_as_fraction": Told(
        Text(
            de="vat_rate ist ein Bruch wie 0,19. Besteuerte Belege: {count} von {concerned}.",
            en="vat_rate is a fraction like 0.19. Taxed documents: {count} of {concerned}.",
        ),
        Text(de="vat_rate ist in Prozent: mit 100 malnehmen.", en="vat_rate is per cent: multiply it by 100."),
    ),
    "vat_with_note": Told(
        Text(
            de="Auf jeder Zeile ist Steuer, und doch steht ein Befreiungshinweis da. Belege: {count} von {concerned}.",
            en="Every line is taxed, and yet there is an exemption note. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Sie gehen nicht hinüber. exemption_note nur auswählen, wo eine Zeile ohne Steuer ist.",
            en="They do not go over. Select exemption_note only where a line is without VAT.",
        ),
    ),
    "never_draft": Told(
        Text(
            de="Kein Beleg ist ein Entwurf. Belege: {count}.",
            en="No document is a draft. Documents: {count}.",
        ),
        Text(
            de="status muss draft sagen, bis der Beleg mit Nummer und Summe abgeschlossen ist; sonst geht Unfertiges hinüber.",
            en="status must say draft until the document is completed, number and total included; else what is unfinished "
            "goes over.",
        ),
    ),
    "number_missing": Told(
        Text(
            de="Die Nummer fehlt. Abgeschlossene Belege: {count} von {concerned}.",
            en="The number is missing. Completed documents: {count} of {concerned}.",
        ),
        Text(
            de="Sie gehen nicht hinüber. Wird die Nummer erst später vergeben, muss status bis dahin draft sagen.",
            en="They do not go over. If the number is given later, status must say draft until then.",
        ),
    ),
    "number_not_unique": Told(
        Text(
            de="Die Nummer hat auch ein anderer Beleg der Praxis. Belege: {count} von {concerned}.",
            en="Another document of the practice has the same number. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Die Nummer samt Kreis auswählen, so wie sie auf dem Beleg steht.",
            en="Select the number with its prefix, as it is printed on the document.",
        ),
    ),
    "completed_at_missing": Told(
        Text(
            de="completed_at fehlt. Abgeschlossene Belege: {count} von {concerned}.",
            en="completed_at is null. Completed documents: {count} of {concerned}.",
        ),
        Text(
            de="Das Sicherheitsnetz findet sie nicht, wenn der Trigger ausfällt. Den Zeitpunkt des Abschlusses auswählen.",
            en="The safety net does not find them when the trigger fails. Select the moment of completion.",
        ),
    ),
    "completed_at_shifted": Told(
        Text(
            de="completed_at ist nicht die Zeit, zu der abgeschlossen wurde. Belege: {count} von {concerned}.",
            en="completed_at is not the time of the completion. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Meist die Zeitzone: eine Zeit ohne Zone mit at time zone 'UTC' oder 'Europe/Berlin' lesen.",
            en="Mostly the time zone: read a time without a zone by at time zone 'UTC' or 'Europe/Berlin'.",
        ),
    ),
}

_OF_THE_SURROUNDINGS = {
    "slow_lookup": Told(
        Text(de="{what}.", en="{what}."),
        Text(
            de="In prepare.sql einen Index anlegen, und die Kennung in ihrer eigenen Art vergleichen: id::bigint verdeckt "
            "einen Index auf id.",
            en="Make an index in prepare.sql, and compare the id in its own type: id::bigint hides an index on id.",
        ),
    ),
    "trigger_missing": Told(
        Text(de="Kein Trigger meldet Abschlüsse: {why}.", en="No trigger tells of completions: {why}."),
        Text(
            de="Die Tabelle in host.toml unter [[trigger]] nennen, dann `lexrelay migrate`. Wer keinen Trigger erlaubt, "
            "setzt [poll] seconds auf wenige Sekunden.",
            en="Name the table in host.toml under [[trigger]], then `lexrelay migrate`. A host that allows none sets [poll] "
            "seconds to a few.",
        ),
    ),
    "trigger_column": Told(
        Text(
            de="Der Trigger auf {table} nennt eine Spalte, die es dort nicht gibt oder die keinen Beleg nennt: {columns}.",
            en="The trigger on {table} names a column that is not there or that names no document: {columns}.",
        ),
        Text(
            de="document ist in host.toml die Spalte, in der die Kennung des Belegs steht; update_of nennt Spalten derselben "
            "Tabelle.",
            en="In host.toml document is the column that holds the document's id; update_of names columns of the same table.",
        ),
    ),
    "trigger_missed": Told(
        Text(
            de="Der Trigger hat Abschlüsse verpasst, erst das Sicherheitsnetz fand sie. Ereignisse: {count} von {concerned}.",
            en="The trigger missed completions, only the safety net found them. Events: {count} of {concerned}.",
        ),
        Text(
            de="Prüfen, ob der Trigger an ist, auf der Tabelle liegt, deren Änderung abschließt, und update_of alle Spalten "
            "nennt, an denen status hängt.",
            en="See whether the trigger is enabled, on the table whose change completes, and update_of names every column "
            "that status hangs on.",
        ),
    ),
    "private_missing": Told(
        Text(
            de="Geburtsdaten und Versicherungsnummern sind nicht bekannt. Belege: {count} von {concerned}.",
            en="Birth dates and insurance numbers are not known. Documents: {count} of {concerned}.",
        ),
        Text(
            de="Nach ihnen wird in allem gesucht, was hinausginge. Kennt der Host sie, stehen sie in private.sql.",
            en="They are looked for in all that would leave. If the host knows them, they stand in private.sql.",
        ),
    ),
    "worker_sees_private": Told(
        Text(
            de="Der Arbeitsprozess darf mehr lesen als die Sichten des Vertrags: {tables}.",
            en="The worker may read more than the views of the contract: {tables}.",
        ),
        Text(
            de="revoke all on … from lexrelay_worker, public; eine Hilfssicht braucht kein Recht des Arbeitsprozesses.",
            en="revoke all on … from lexrelay_worker, public; a helper view needs no right of the worker.",
        ),
    ),
}

FINDINGS: dict[str, Told] = _OF_COLUMNS | _OF_DOCUMENTS | _OF_THE_SURROUNDINGS

# What stands in the blanks of the above

KEEP_ZEROS = Text(
    de="Führende Nullen fehlen dann (Dresden: 1067). Als Text auswählen; ist es in der Tabelle eine Zahl, eine Postleitzahl "
    "mit `lpad(…::text, 5, '0') as {column}` auffüllen.",
    en="Zeros at its beginning are lost then (Dresden: 1067). Select a text; where the table has a number, fill a German "
    "postal code up by `lpad(…::text, 5, '0') as {column}`.",
)
FAILS_AT_ALL = Text(
    de="{view}.sql schlägt fehl (SQLSTATE {sqlstate}): {error}.", en="{view}.sql fails (SQLSTATE {sqlstate}): {error}."
)
FAILS_FOR_SOME = Text(
    de="{view}.sql schlägt fehl (SQLSTATE {sqlstate}). Kennungen: {count} von {concerned}.",
    en="{view}.sql fails (SQLSTATE {sqlstate}). Ids: {count} of {concerned}.",
)
FAILS_FOR_MANY = Text(
    de="{view}.sql schlägt fehl (SQLSTATE {sqlstate}). Kennungen: {count} und mehr von {concerned}.",
    en="{view}.sql fails (SQLSTATE {sqlstate}). Ids: {count} and more of {concerned}.",
)
SLOW_DOCUMENT = Text(
    de="Einen Beleg über seine Kennung zu lesen dauert {ms} ms, höchstens {limit} ms dürfen es sein",
    en="To read one document by its id takes {ms} ms where {limit} ms are allowed",
)
SLOW_SWEEP = Text(
    de="Der Lauf des Sicherheitsnetzes dauert {ms} ms, höchstens {limit} ms dürfen es sein",
    en="The safety net takes {ms} ms where {limit} ms are allowed",
)
FULL_SCAN = Text(
    de="Um einen Beleg zu lesen, werden ganze Tabellen gelesen: {tables}",
    en="To read one document whole tables are scanned: {tables}",
)
NO_TABLE = Text(
    de="{table} gibt es nicht, so wie SQL den Namen liest (mit Schema; Großbuchstaben nur in Anführungszeichen)",
    en="there is no {table} as SQL reads the name (with its schema; capitals only within double quotes)",
)
NOT_NAMED = Text(de="host.toml nennt keinen", en="host.toml names none")
NOT_THERE = Text(de="auf {table} fehlt er, oder er ist aus", en="it is missing on {table}, or disabled")
