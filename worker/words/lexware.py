"""What a command says when Lexware does not give what was asked for: what happened, and what to do."""

from worker.lexware import errors
from worker.words import Sentence, Text

WAITING = Text(
    de="Lexware wird gerade geschont; es geht in {seconds} s weiter.",
    en="Lexware is being spared at the moment; this continues in {seconds} s.",
)
NOT_REACHED = Text(
    de="Lexware ist nicht zu erreichen ({why}). Bitte Netz und LEXWARE_API_URL prüfen.",
    en="Lexware cannot be reached ({why}). Check the network and LEXWARE_API_URL.",
)
NO_ANSWER = Text(
    de="Lexware hat nicht verwertbar geantwortet ({why}). Bitte in ein paar Minuten noch einmal versuchen.",
    en="Lexware gave no usable answer ({why}). Try again in a few minutes.",
)
TOO_LONG = Text(
    de="Die Liste in Lexware lässt sich nicht vollständig lesen. Bitte noch einmal versuchen.",
    en="The list in Lexware cannot be read to its end. Try again.",
)
TOO_MANY_CALLS = Text(
    de="Lexware sind es gerade zu viele Anfragen. Bitte in einer Minute noch einmal versuchen.",
    en="Lexware has too many calls at the moment. Try again in a minute.",
)
KEY_REFUSED = Text(
    de="Lexware nimmt den API-Schlüssel nicht an. Vielleicht ist Lexware nur kurz gestört: bitte in einer Minute noch "
    "einmal versuchen. Bleibt es dabei, unter https://app.lexware.de/addons/public-api einen neuen Schlüssel anlegen "
    "und mit `lexrelay practice connect` hinterlegen.",
    en="Lexware does not accept the API key. It may only be out of order for a moment: try again in a minute. If that "
    "does not help, create a new key at https://app.lexware.de/addons/public-api and give it to `lexrelay practice "
    "connect`.",
)
PLAN_TOO_SMALL = Text(
    de="Der Lexware-Vertrag enthält die Schnittstelle nicht oder ist abgelaufen; sie gehört zum Tarif XL.",
    en="The Lexware contract does not include the interface or has ended; it takes the plan XL.",
)
PERMISSION_MISSING = Text(
    de="Dem API-Schlüssel fehlt eine Berechtigung. Gebraucht werden: Profil abrufen; Kontakte, Rechnungen und "
    "Rechnungskorrekturen abrufen und speichern; Belegliste abrufen. Bitte einen neuen Schlüssel anlegen.",
    en="The API key lacks a permission. Needed are: read the profile; read and write contacts, invoices and credit "
    "notes; read the voucher list. Create a new key.",
)
REFUSED = Text(
    de="Lexware hat die Anfrage abgelehnt ({why}). Steht in LEXWARE_API_URL die richtige Adresse?",
    en="Lexware refused the call ({why}). Is LEXWARE_API_URL the right address?",
)


def explain(error: errors.LexwareError) -> Sentence:
    """The sentence for an error of a GET; ids and codes only, as in the error itself."""
    match error:
        case errors.NotSent():
            return NOT_REACHED(why=error)
        case errors.KeyRefused():
            return KEY_REFUSED()
        case errors.PlanTooSmall():
            return PLAN_TOO_SMALL()
        case errors.PermissionMissing():
            return PERMISSION_MISSING()
        case errors.RateLimited():
            return TOO_MANY_CALLS()
        case errors.Truncated():
            return TOO_LONG()
        case errors.Refused():
            return REFUSED(why=error)
        case _:
            return NO_ANSWER(why=error)
