"""Why Lexware refuses, where it is known: an entry for each sort of objection. `issues.py` tells them apart."""

from worker.messages import Text
from worker.messages.glossary import Who
from worker.messages.reasons.entry import Entry, Replay


def _refusal(name: str, who: Who, message: Text, action: Text, replay: Replay = "after_the_step") -> Entry:
    return Entry(code=f"refused_by_lexware.{name}", who=who, replay=replay, message=message, action=action)


ADDRESSEE_LACKS = _refusal(
    "addressee_incomplete",
    "practice",
    Text(de="Lexware vermisst eine Angabe zum Empfänger.", en="Lexware misses something about the addressee."),
    Text(
        de="Name und Anschrift des Empfängers in der Praxissoftware vervollständigen, ebenso seinen Kontakt in Lexware (genau eine "
        "Rechnungsanschrift), dann replay.",
        en="Complete name and address of the addressee in the practice software, and its contact in Lexware (exactly one "
        "billing address), then replay.",
    ),
)
ADDRESSEE_WRONG = _refusal(
    "addressee_invalid",
    "practice",
    Text(
        de="Lexware findet eine Angabe zum Empfänger ungültig.",
        en="Lexware finds something about the addressee invalid.",
    ),
    Text(
        de="Die genannte Angabe in der Praxissoftware und im Kontakt in Lexware prüfen, dann replay.",
        en="Check what is named in the practice software and in the contact in Lexware, then replay.",
    ),
)
COUNTRY = _refusal(
    "country_invalid",
    "practice",
    Text(de="Lexware kennt das Land des Empfängers nicht.", en="Lexware does not know the addressee's country."),
    Text(
        de="Den Ländercode des Empfängers (wie DE, AT, CH) in der Praxissoftware berichtigen, dann replay.",
        en="Correct the addressee's country code (like DE, AT, CH) in the practice software, then replay.",
    ),
)
NAME_UNSEARCHABLE = _refusal(
    "name_unsearchable",
    "practice",
    Text(
        de="Der Name des Empfängers ist für die Suche in Lexware zu kurz oder zu lang.",
        en="The addressee's name is too short or too long for the search in Lexware.",
    ),
    Text(
        de="Den Kontakt in Lexware suchen oder anlegen und hinterlegen (contact link), dann replay.",
        en="Find or create the contact in Lexware and enter it (contact link), then replay.",
    ),
)
TAX = _refusal(
    "tax",
    "practice",
    Text(
        de="Lexware lehnt die Besteuerung des Belegs ab: sie passt nicht zu den Steuereinstellungen des Unternehmens.",
        en="Lexware refuses the document's taxation: it does not fit the company's tax settings.",
    ),
    Text(
        de="Steuersatz, Befreiungshinweis und Steuereinstellungen in Lexware vergleichen und berichtigen, was nicht stimmt, dann "
        "replay (die Einstellungen werden dabei neu gelesen).",
        en="Compare VAT rate, exemption note and the tax settings in Lexware and put right what is wrong, then replay (it "
        "reads the settings anew).",
    ),
)
NUMBER_RACE = _refusal(
    "account_number_race",
    "operator",
    Text(
        de="Lexware hat dieselbe Kundennummer zweimal vergeben wollen und den Kontakt deshalb nicht angelegt.",
        en="Lexware was about to give the same customer number twice and therefore did not create the contact.",
    ),
    Text(de="Einfach replay.", en="Just replay."),
    replay="as_it_is",
)
BROKEN_CONTACT = _refusal(
    "contact_broken",
    "lexware",
    Text(
        de="Der Kontakt ist in Lexware beschädigt; das kann nur Lexware beheben.",
        en="The contact is damaged in Lexware; only Lexware can repair that.",
    ),
    Text(
        de="Dem Support von Lexware die Trace-ID nennen, oder einen anderen Kontakt hinterlegen (contact link); danach replay.",
        en="Give Lexware's support the trace id, or enter another contact (contact link); then replay.",
    ),
)
ORIGINAL = _refusal(
    "original_unsuited",
    "practice",
    Text(
        de="Lexware lässt zu dieser Rechnung keine Rechnungskorrektur zu.",
        en="Lexware allows no credit note for this invoice.",
    ),
    Text(
        de="Die Rechnung in Lexware ansehen: gibt es schon eine Korrektur, diese mit discard --remote-id nennen; sonst replay.",
        en="Look at the invoice in Lexware: if there is a credit note already, name it with discard --remote-id; else replay.",
    ),
)
LINE_SIGN = _refusal(
    "line_sign",
    "practice",
    Text(
        de="Lexware nimmt keine Position mit anderem Vorzeichen als der Beleg: auf einer Rechnung keinen Abzug, auf einer "
        "Rechnungskorrektur keine, die dem Storno etwas hinzurechnet.",
        en="Lexware takes no line of another sign than the document's: no deduction on an invoice, and on a credit note none "
        "that adds to what is cancelled.",
    ),
    Text(
        de="Auf neutrale Positionen umstellen (practice enable --lines neutral), dann replay. Sind sie es schon: den Beleg in "
        "Lexware von Hand anlegen und mit discard --remote-id nennen.",
        en="Change to neutral lines (practice enable --lines neutral), then replay. If they are neutral already: enter the "
        "document in Lexware by hand and name it with discard --remote-id.",
    ),
)
GONE = _refusal(
    "not_found",
    "practice",
    Text(
        de="Etwas, worauf sich der Beleg bezieht, gibt es in Lexware nicht mehr: der Kontakt oder die Rechnung.",
        en="Something the document refers to is no longer in Lexware: the contact or the invoice.",
    ),
    Text(
        de="In Lexware nachsehen; den Kontakt neu hinterlegen (contact link), wenn er fehlt, dann replay.",
        en="Look in Lexware; enter the contact anew (contact link) if it is missing, then replay.",
    ),
)
CONFLICT = _refusal(
    "conflict",
    "operator",
    Text(de="In Lexware wurde gleichzeitig etwas geändert.", en="Something was changed in Lexware at the same time."),
    Text(de="replay: es liest alles neu.", en="replay: it reads everything anew."),
    replay="as_it_is",
)
OUR_FORM = _refusal(
    "form",
    "developer",
    Text(
        de="Lexware lehnt die Form ab, in der lexrelay den Beleg oder Kontakt sendet; die Daten der Praxis sind nicht schuld.",
        en="Lexware refuses the form in which lexrelay sends the document or contact; the practice's data are not to blame.",
    ),
    Text(
        de="Status, Codes und Trace-ID den Entwicklern geben. Nach einer neuen Version: replay, am besten mit --canary.",
        en="Give status, codes and trace id to the developers. After a new version: replay, best with --canary.",
    ),
)
