"""Why a practice stands still: the five reasons of a pause. Its documents are held, none dies, none burns a try."""

from worker.messages import Text
from worker.messages.reasons.entry import Entry

_RESUMES_DE = "Was wartet, geht danach von selbst weiter."
_RESUMES_EN = "What waits goes on by itself afterwards."

_PAUSES = (
    Entry(
        code="key_invalid",
        who="practice",
        replay="after_the_step",
        message=Text(
            de="Lexware nimmt den API-Schlüssel der Praxis nicht mehr an: gelöscht, abgelaufen oder ersetzt.",
            en="Lexware no longer accepts the practice's API key: deleted, expired or replaced.",
        ),
        action=Text(
            de=f"In Lexware einen neuen Schlüssel anlegen und mit practice connect hinterlegen. {_RESUMES_DE}",
            en=f"Create a new key in Lexware and enter it with practice connect. {_RESUMES_EN}",
        ),
    ),
    Entry(
        code="plan_too_small",
        who="practice",
        replay="after_the_step",
        message=Text(
            de="Der Lexware-Vertrag der Praxis ist abgelaufen oder enthält die Schnittstelle nicht.",
            en="The practice's Lexware contract has ended or does not include the interface.",
        ),
        action=Text(
            de=f"In Lexware den Tarif klären, dann practice connect mit demselben oder einem neuen Schlüssel. {_RESUMES_DE}",
            en=f"Settle the plan in Lexware, then practice connect with the same or a new key. {_RESUMES_EN}",
        ),
    ),
    Entry(
        code="permission_missing",
        who="practice",
        replay="after_the_step",
        message=Text(
            de="Dem API-Schlüssel fehlt eine Berechtigung, die lexrelay braucht.",
            en="The API key lacks a permission that lexrelay needs.",
        ),
        action=Text(
            de="In Lexware einen Schlüssel mit diesen Berechtigungen anlegen, dann practice connect: Profil, Kontakte, "
            f"Rechnungen und Rechnungskorrekturen (je lesen und schreiben), Belegliste. {_RESUMES_DE}",
            en="Create a key with these permissions in Lexware, then practice connect: profile, contacts, invoices and "
            f"credit notes (read and write), voucher list. {_RESUMES_EN}",
        ),
    ),
    Entry(
        code="other_organisation",
        who="operator",
        replay="after_the_step",
        message=Text(
            de="Hinter dem API-Schlüssel steht ein anderes Unternehmen als das verbundene. Es wird nichts dorthin gesendet.",
            en="Behind the API key is another company than the one connected. Nothing is sent there.",
        ),
        action=Text(
            de="Mit practice connect den Schlüssel des richtigen Unternehmens hinterlegen; ist der Wechsel gewollt, mit "
            f"--new-organisation. {_RESUMES_DE}",
            en="Enter the right company's key with practice connect; if the change is intended, with --new-organisation. "
            f"{_RESUMES_EN}",
        ),
    ),
    Entry(
        code="operator",
        who="operator",
        replay="after_the_step",
        message=Text(de="Der Betrieb hat diese Praxis angehalten.", en="An operator has paused this practice."),
        action=Text(
            de=f"history zeigt, wer und warum; practice resume hebt es auf. {_RESUMES_DE}",
            en=f"history shows who and why; practice resume lifts it. {_RESUMES_EN}",
        ),
    ),
)
PAUSED: dict[str, Entry] = {entry.code: entry for entry in _PAUSES}
