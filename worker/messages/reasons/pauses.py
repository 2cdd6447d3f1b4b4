"""Why a practice stands still. Its documents are held, none dies, none burns a try."""

from collections.abc import Mapping
from typing import assert_never, get_args

from outbox.reasons import PauseReason
from worker.messages import Text
from worker.messages.reasons.entry import Entry

RESUMES_DE = "Was wartet, geht danach von selbst weiter."
RESUMES_EN = "What waits goes on by itself afterwards."


def of_pause(reason: PauseReason) -> Entry:
    """Why the practice is paused, and what lifts it."""
    match reason:
        case "key_invalid":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Lexware nimmt den API-Schlüssel der Praxis nicht mehr an: gelöscht, abgelaufen oder ersetzt.",
                    en="Lexware no longer accepts the practice's API key: deleted, expired or replaced.",
                ),
                action=Text(
                    de=f"In Lexware einen neuen Schlüssel anlegen und mit practice connect hinterlegen. {RESUMES_DE}",
                    en=f"Create a new key in Lexware and enter it with practice connect. {RESUMES_EN}",
                ),
            )
        case "plan_too_small":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Der Lexware-Vertrag der Praxis ist abgelaufen oder enthält die Schnittstelle nicht.",
                    en="The practice's Lexware contract has ended or does not include the interface.",
                ),
                action=Text(
                    de=f"In Lexware den Tarif klären, dann practice connect mit demselben oder einem neuen Schlüssel. {RESUMES_DE}",
                    en=f"Settle the plan in Lexware, then practice connect with the same or a new key. {RESUMES_EN}",
                ),
            )
        case "permission_missing":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Dem API-Schlüssel fehlt eine Berechtigung, die lexrelay braucht.",
                    en="The API key lacks a permission that lexrelay needs.",
                ),
                action=Text(
                    de="In Lexware einen Schlüssel mit diesen Berechtigungen anlegen, dann practice connect: Profil, Kontakte, "
                    f"Rechnungen und Rechnungskorrekturen (je lesen und schreiben), Belegliste. {RESUMES_DE}",
                    en="Create a key with these permissions in Lexware, then practice connect: profile, contacts, invoices and "
                    f"credit notes (read and write), voucher list. {RESUMES_EN}",
                ),
            )
        case "other_organisation":
            return Entry(
                code=reason,
                who="operator",
                replay="after_the_step",
                message=Text(
                    de="Hinter dem API-Schlüssel steht ein anderes Unternehmen als das verbundene. Es wird nichts dorthin gesendet.",
                    en="Behind the API key is another company than the one connected. Nothing is sent there.",
                ),
                action=Text(
                    de="Mit practice connect den Schlüssel des richtigen Unternehmens hinterlegen; ist der Wechsel gewollt, "
                    f"mit --new-organisation. {RESUMES_DE}",
                    en="Enter the right company's key with practice connect; if the change is intended, with "
                    f"--new-organisation. {RESUMES_EN}",
                ),
            )
        case "operator":
            return Entry(
                code=reason,
                who="operator",
                replay="after_the_step",
                message=Text(
                    de="Der Betrieb hat diese Praxis angehalten.",
                    en="An operator has paused this practice.",
                ),
                action=Text(
                    de=f"history zeigt, wer und warum; practice resume hebt es auf. {RESUMES_DE}",
                    en=f"history shows who and why; practice resume lifts it. {RESUMES_EN}",
                ),
            )
        case _:
            assert_never(reason)


PAUSED: Mapping[str, Entry] = {reason: of_pause(reason) for reason in get_args(PauseReason)}
