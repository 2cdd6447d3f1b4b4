"""Deaths before sending: what the practice's data lack or contradict (design section 6)."""

from typing import assert_never

from outbox.reasons import DataReason
from worker.messages import Text
from worker.messages.reasons.entry import Entry

CORRECT_DE = (
    "Lässt sich der Beleg nicht mehr ändern: stornieren, neu ausstellen und diesen Eintrag mit discard schließen."
)
CORRECT_EN = "If the document cannot be changed any more: cancel it, issue it anew and close this entry with discard."


def of_data(reason: DataReason) -> Entry:
    """What is wrong with the practice's data."""
    match reason:
        case "missing_field":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Beim Beleg oder seinem Empfänger fehlt eine Angabe, ohne die Lexware ihn nicht annimmt, oder sie ist "
                    "unbrauchbar.",
                    en="The document or its addressee lacks something that Lexware cannot do without, or it is unusable.",
                ),
                action=Text(
                    de=f"Die genannte Angabe in der Praxissoftware ergänzen, dann replay. {CORRECT_DE}",
                    en=f"Fill in what is named in the practice software, then replay. {CORRECT_EN}",
                ),
            )
        case "no_items":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(de="Der Beleg hat keine einzige Position.", en="The document has not a single line."),
                action=Text(
                    de=f"Die Positionen in der Praxissoftware nachtragen, dann replay. {CORRECT_DE}",
                    en=f"Add the lines in the practice software, then replay. {CORRECT_EN}",
                ),
            )
        case "totals_differ":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Die Positionen ergeben in Lexware einen anderen Betrag als auf dem Beleg. Der Beleg wurde nicht gesendet.",
                    en="In Lexware the lines would add up to another amount than the document's. It was not sent.",
                ),
                action=Text(
                    de="Menge, Einzelpreis und Steuersatz der genannten Stelle prüfen (preview zeigt beide Summen), dann "
                    f"replay. {CORRECT_DE}",
                    en="Check quantity, unit price and VAT rate at the place named (preview shows both sums), then replay. "
                    f"{CORRECT_EN}",
                ),
            )
        case "negative_total":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Das Vorzeichen passt nicht: eine Rechnung unter 0 Euro oder ein Storno über 0 Euro kann Lexware nicht "
                    "abbilden.",
                    en="The sign is wrong: Lexware has no invoice below 0 euros and no cancellation above 0 euros.",
                ),
                action=Text(
                    de=f"Die Beträge in der Praxissoftware richtigstellen, dann replay. {CORRECT_DE}",
                    en=f"Put the amounts right in the practice software, then replay. {CORRECT_EN}",
                ),
            )
        case "unknown_tax_rate":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Eine Position hat einen Steuersatz, den Lexware nicht kennt; es gibt 0, 7 und 19 Prozent.",
                    en="A line has a VAT rate that Lexware does not know; there are 0, 7 and 19 per cent.",
                ),
                action=Text(
                    de=f"Den Steuersatz in der Praxissoftware berichtigen, dann replay. {CORRECT_DE}",
                    en=f"Correct the VAT rate in the practice software, then replay. {CORRECT_EN}",
                ),
            )
        case "tax_conflict":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Der Beleg weist Umsatzsteuer aus, aber er selbst oder das Unternehmen in Lexware ist umsatzsteuerfrei, "
                    "oder ein Befreiungshinweis sagt es.",
                    en="The document shows VAT, but it is itself free of VAT, or says so in a note, or the company in "
                    "Lexware is.",
                ),
                action=Text(
                    de="Mit der Steuerberatung klären, was stimmt: den Beleg oder die Steuereinstellung in Lexware "
                    "berichtigen, dann replay (die Einstellung wird dabei neu gelesen).",
                    en="Ask the tax adviser which is right: correct the document, or the tax setting in Lexware, then replay "
                    "(it reads the setting anew).",
                ),
            )
        case "exemption_note_missing":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Der Beleg ist umsatzsteuerfrei, sagt aber nicht, warum.",
                    en="The document is free of VAT but does not say why.",
                ),
                action=Text(
                    de=f"Den Befreiungshinweis (etwa § 4 Nr. 14 UStG) in der Praxissoftware eintragen, dann replay. {CORRECT_DE}",
                    en=f"Enter the exemption note (such as § 4 Nr. 14 UStG) in the practice software, then replay. {CORRECT_EN}",
                ),
            )
        case "health_data":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="In einem Text, der zu Lexware ginge, stehen vermutlich Gesundheits- oder Versichertendaten. Der Beleg "
                    "wurde nicht gesendet.",
                    en="A text that would go to Lexware seems to hold health or insurance data. The document was not sent.",
                ),
                action=Text(
                    de="Das genannte Feld in der Praxissoftware von Diagnosen, Geburtsdatum und Versichertennummer befreien, "
                    "oder auf neutrale Positionen umstellen (practice enable --lines neutral), dann replay.",
                    en="Clear the field named of diagnoses, birth date and insurance number in the practice software, or "
                    "change to neutral lines (practice enable --lines neutral), then replay.",
                ),
            )
        case "new_note":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Der Befreiungshinweis hat einen Wortlaut, den noch niemand bestätigt hat. Der Beleg wurde nicht gesendet.",
                    en="The exemption note has a wording that nobody has confirmed. The document was not sent.",
                ),
                action=Text(
                    de="Den Wortlaut mit practice confirm-note ansehen und bestätigen: alle Belege, die darauf warten, gehen dann "
                    "von selbst weiter. Steht darin etwas, das nicht zu Lexware soll: in der Praxissoftware ändern, dann replay.",
                    en="Look at the wording with practice confirm-note and confirm it: all documents that wait for it go on by "
                    "themselves then. If it says what Lexware must not know: change it in the practice software, then replay.",
                ),
            )
        case "text_too_long":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Ein Text ist länger, als Lexware ihn nimmt; er wird nicht still gekürzt.",
                    en="A text is longer than Lexware takes; it is not cut silently.",
                ),
                action=Text(
                    de=f"Das genannte Feld in der Praxissoftware kürzen, dann replay. {CORRECT_DE}",
                    en=f"Shorten the field named in the practice software, then replay. {CORRECT_EN}",
                ),
            )
        case "too_many_lines":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Der Beleg hat mehr Positionen, als Lexware auf einem Beleg nimmt.",
                    en="The document has more lines than Lexware takes on one document.",
                ),
                action=Text(
                    de="Auf neutrale Positionen umstellen (practice enable --lines neutral; dann genügt eine je Steuersatz) "
                    "und replay, oder den Beleg aufteilen und diesen Eintrag mit discard schließen.",
                    en="Change to neutral lines (practice enable --lines neutral; then one per VAT rate will do) and replay, "
                    "or split the document and close this entry with discard.",
                ),
            )
        case "currency":
            return Entry(
                code=reason,
                who="practice",
                replay="never",
                message=Text(
                    de="Der Beleg lautet nicht auf Euro. Er wurde nicht gesendet.",
                    en="The document is not in euros. It was not sent.",
                ),
                action=Text(
                    de="Den Beleg in Lexware von Hand anlegen und diesen Eintrag mit discard schließen.",
                    en="Enter the document in Lexware by hand, and close this entry with discard.",
                ),
            )
        case _:
            assert_never(reason)
