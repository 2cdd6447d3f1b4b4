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
        Text(
            de="In {view}.sql umwandeln, etwa mit to_date(…), oder bei Zeiten ohne Zone mit at time zone 'UTC'.",
            en="Convert it in {view}.sql, say by to_date(…), or a time without a zone by at time zone 'UTC'.",
        ),
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
            de="{view}.{field} hat bei {count} von {concerned} Belegen einen unbekannten Wert.",
            en="{view}.{field} has an unknown value for {count} of {concerned} documents.",
        ),
        Text(
            de="In {view}.sql auf die Werte des Vertrags abbilden: kind invoice, cancellation; status draft, completed, "
            "cancelled; tax_mode vatfree, net, gross; plan solo, team, business.",
            en="Map it in {view}.sql to the contract's values: kind invoice, cancellation; status draft, completed, "
            "cancelled; tax_mode vatfree, net, gross; plan solo, team, business.",
        ),
    ),
    "null_value": Told(
        Text(
            de="{view}.{field} ist bei {count} von {concerned} Belegen leer.",
            en="{view}.{field} is null for {count} of {concerned} documents.",
        ),
        Text(
            de="Solche Belege gehen nicht hinüber. In {view}.sql den Wert auswählen, der hier stehen muss.",
            en="Such documents do not go over. Select in {view}.sql the value that must stand here.",
        ),
    ),
    "not_unique": Told(
        Text(
            de="{view}.sql gibt dieselbe Zeile mehrmals: bei {count} von {concerned} Belegen.",
            en="{view}.sql gives the same row several times: for {count} of {concerned} documents.",
        ),
        Text(
            de="Ein join vervielfacht die Zeilen: durch left join lateral (… limit 1) oder exists ersetzen.",
            en="A join multiplies rows: replace it by left join lateral (… limit 1) or exists.",
        ),
    ),
    "currency": Told(
        Text(
            de="{count} von {concerned} Belegen lauten auf eine andere Währung als EUR.",
            en="{count} of {concerned} documents are in another currency than EUR.",
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
            de="{count} von {concerned} Belegen haben keinen Zahler in payer.sql.",
            en="{count} of {concerned} documents have no payer in payer.sql.",
        ),
        Text(
            de="payer_id muss in beiden Dateien dieselbe Kennung sein, und payer.sql darf niemanden weglassen.",
            en="payer_id must be the same id in both files, and payer.sql must leave nobody out.",
        ),
    ),
    "no_original": Told(
        Text(
            de="{count} von {concerned} Stornos nennen keine Rechnung, oder eine, die es in document.sql nicht gibt.",
            en="{count} of {concerned} cancellations name no invoice, or one that is not in document.sql.",
        ),
        Text(
            de="original_id muss die document_id der Rechnung sein, die storniert wird.",
            en="original_id must be the document_id of the invoice that is cancelled.",
        ),
    ),
    "original_not_invoice": Told(
        Text(
            de="Bei {count} von {concerned} Stornos ist das Original keine Rechnung dieser Praxis.",
            en="The original of {count} of {concerned} cancellations is no invoice of this practice.",
        ),
        Text(
            de="original_id und kind prüfen: storniert wird eine Rechnung, kein Storno.",
            en="Look at original_id and kind: what is cancelled is an invoice, not a cancellation.",
        ),
    ),
    "cancelled_without_cancellation": Told(
        Text(
            de="{count} von {concerned} stornierten Rechnungen haben keinen Stornobeleg.",
            en="{count} of {concerned} cancelled invoices have no cancellation document.",
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
            de="Unter {count} Belegen ist kein einziges Storno.",
            en="There is not a single cancellation among {count} documents.",
        ),
        Text(
            de="Wenn die Praxis storniert: kind in document.sql prüfen, und ob ein where die Stornos weglässt.",
            en="If the practice does cancel: look at kind in document.sql, and for a where that leaves them out.",
        ),
    ),
    "sign_of_cancellation": Told(
        Text(
            de="Bei {count} von {concerned} Belegen hat die Summe das falsche Vorzeichen.",
            en="The total of {count} of {concerned} documents has the wrong sign.",
        ),
        Text(
            de="Eine Rechnung ist 0 oder mehr, ein Storno 0 oder weniger; die Preise seiner Zeilen ebenso.",
            en="An invoice is 0 or more, a cancellation 0 or less; the prices of its lines likewise.",
        ),
    ),
    "total_is_net": Told(
        Text(
            de="Bei {count} von {concerned} Belegen mit Umsatzsteuer ist total die Summe ohne Steuer.",
            en="For {count} of {concerned} documents with VAT total is the sum without it.",
        ),
        Text(
            de="total ist brutto: was der Zahler schuldet. Sind es die Preise, die brutto sind, muss tax_mode gross sein.",
            en="total is gross: what the payer owes. If it is the prices that are gross, tax_mode must be gross.",
        ),
    ),
    "totals_differ": Told(
        Text(
            de="Bei {count} von {concerned} Belegen ergeben die Zeilen eine andere Summe als total.",
            en="The lines of {count} of {concerned} documents come to another sum than total.",
        ),
        Text(
            de="Fehlende Zeilen, Rabatte als eigene Zeile, quantity mal unit_price und tax_mode prüfen.",
            en="Look for missing lines, discounts as lines of their own, quantity times unit_price and tax_mode.",
        ),
    ),
    "no_lines": Told(
        Text(
            de="{count} von {concerned} Belegen haben keine Zeilen.",
            en="{count} of {concerned} documents have no lines.",
        ),
        Text(
            de="document_id muss in beiden Dateien dieselbe Kennung sein, und document_line.sql darf keine Zeile weglassen.",
            en="document_id must be the same id in both files, and document_line.sql must leave no line out.",
        ),
    ),
    "rate_as_fraction": Told(
        Text(
            de="Bei {count} von {concerned} besteuerten Belegen ist vat_rate ein Bruch wie 0,19.",
            en="For {count} of {concerned} taxed documents vat_rate is a fraction like 0.19.",
        ),
        Text(de="vat_rate ist in Prozent: mit 100 malnehmen.", en="vat_rate is per cent: multiply it by 100."),
    ),
    "vat_with_note": Told(
        Text(
            de="{count} von {concerned} Belegen mit Steuer auf jeder Zeile tragen einen Befreiungshinweis.",
            en="{count} of {concerned} documents whose every line is taxed carry an exemption note.",
        ),
        Text(
            de="Sie gehen nicht hinüber. exemption_note nur auswählen, wo eine Zeile ohne Steuer ist.",
            en="They do not go over. Select exemption_note only where a line is without VAT.",
        ),
    ),
    "never_draft": Told(
        Text(de="Keiner von {count} Belegen ist ein Entwurf.", en="None of {count} documents is a draft."),
        Text(
            de="status muss draft sagen, bis der Beleg mit Nummer und Summe abgeschlossen ist; sonst geht Unfertiges hinüber.",
            en="status must say draft until the document is completed, number and total included; else what is unfinished "
            "goes over.",
        ),
    ),
    "number_missing": Told(
        Text(
            de="{count} von {concerned} abgeschlossenen Belegen haben keine Nummer.",
            en="{count} of {concerned} completed documents have no number.",
        ),
        Text(
            de="Sie gehen nicht hinüber. Wird die Nummer erst später vergeben, muss status bis dahin draft sagen.",
            en="They do not go over. If the number is given later, status must say draft until then.",
        ),
    ),
    "number_not_unique": Told(
        Text(
            de="{count} von {concerned} Belegen teilen sich ihre Nummer mit einem anderen der Praxis.",
            en="{count} of {concerned} documents share their number with another one of the practice.",
        ),
        Text(
            de="Die Nummer samt Kreis auswählen, so wie sie auf dem Beleg steht.",
            en="Select the number with its prefix, as it is printed on the document.",
        ),
    ),
    "completed_at_missing": Told(
        Text(
            de="Bei {count} von {concerned} abgeschlossenen Belegen fehlt completed_at.",
            en="completed_at is null for {count} of {concerned} completed documents.",
        ),
        Text(
            de="Das Sicherheitsnetz findet sie nicht, wenn der Trigger ausfällt. Den Zeitpunkt des Abschlusses auswählen.",
            en="The safety net does not find them when the trigger fails. Select the moment of completion.",
        ),
    ),
    "completed_at_shifted": Told(
        Text(
            de="completed_at liegt bei {count} von {concerned} Belegen neben der Zeit, zu der sie abgeschlossen wurden.",
            en="completed_at of {count} of {concerned} documents is not when they were completed.",
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
            de="{count} von {concerned} Ereignissen fand erst das Sicherheitsnetz: der Trigger hat sie verpasst.",
            en="{count} of {concerned} events were found by the safety net only: the trigger missed them.",
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
            de="Für {count} von {concerned} Belegen sind keine Geburtsdaten und Versicherungsnummern bekannt.",
            en="For {count} of {concerned} documents no birth dates and insurance numbers are known.",
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

FAILS_AT_ALL = Text(
    de="{view}.sql schlägt fehl (SQLSTATE {sqlstate}): {error}.", en="{view}.sql fails (SQLSTATE {sqlstate}): {error}."
)
FAILS_FOR_SOME = Text(
    de="{view}.sql schlägt bei {count} von {concerned} Kennungen fehl (SQLSTATE {sqlstate}).",
    en="{view}.sql fails for {count} of {concerned} ids (SQLSTATE {sqlstate}).",
)
FAILS_FOR_MANY = Text(
    de="{view}.sql schlägt bei {count} und mehr von {concerned} Kennungen fehl (SQLSTATE {sqlstate}).",
    en="{view}.sql fails for {count} and more of {concerned} ids (SQLSTATE {sqlstate}).",
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
NO_TABLE = Text(de="{table} gibt es nicht", en="there is no {table}")
NOT_NAMED = Text(de="host.toml nennt keinen", en="host.toml names none")
NOT_THERE = Text(de="auf {table} fehlt er, oder er ist aus", en="it is missing on {table}, or disabled")
