"""What the facts in tables are called, by their names in JSON; a table takes the ones it shows, in its order."""

from collections.abc import Mapping

from worker.messages import Text
from worker.messages.glossary import KINDS, STATES

LABELS: Mapping[str, Text] = {
    "at": Text(de="Wann", en="When"),
    "by": Text(de="Wer", en="Who"),
    "did": Text(de="Was", en="What"),
    "why": Text(de="Warum", en="Why"),
    "detail": Text(de="Einzelheiten", en="Detail"),
    # practices
    "practice_id": Text(de="Praxis", en="Practice"),
    "practice_ids": Text(de="Praxen", en="Practices"),
    "name": Text(de="Name", en="Name"),
    "connection": Text(de="Übertragung", en="Transfer"),
    "pause_reason": Text(de="Pause", en="Pause"),
    "last_delivered_at": Text(de="zuletzt", en="Last delivered"),
    "company_name": Text(de="Unternehmen in Lexware", en="Lexware company"),
    "organisation_id": Text(de="Organisation", en="Organisation"),
    "tax_type": Text(de="Steuereinstellung", en="Tax setting"),
    "small_business": Text(de="Kleinunternehmer", en="Small business"),
    "lines": Text(de="Leistungen", en="Lines"),
    "matching": Text(de="Kontaktabgleich", en="Contact matching"),
    "avv_date": Text(de="AVV vom", en="AVV of"),
    "avv_recorded_by": Text(de="AVV festgehalten von", en="AVV recorded by"),
    "key_expires_on": Text(de="Schlüssel gilt bis", en="Key valid until"),
    # orders
    "plan": Text(de="Tarif", en="Plan"),
    "billing": Text(de="Abrechnung", en="Billing"),
    "ordered_on": Text(de="bestellt am", en="Ordered on"),
    "trial_until": Text(de="Testphase bis", en="Trial until"),
    "decline_by": Text(de="abbestellen bis", en="Decline by"),
    "ends_on": Text(de="endet am", en="Ends on"),
    "from": Text(de="von", en="From"),
    "to": Text(de="bis", en="To"),
    "net_amount": Text(de="EUR netto", en="EUR net"),
    # documents and events
    "number": Text(de="Nummer", en="Number"),
    "kind": Text(de="Art", en="Kind"),
    "total": Text(de="Summe", en="Total"),
    "total_here": Text(de="Summe hier", en="Sum here"),
    "total_there": Text(de="Summe dort", en="Sum there"),
    "invoice_number": KINDS["invoice"],
    "cancellation_number": KINDS["cancellation"],
    "invoice_id": Text(de="Rechnung in Lexware", en="Invoice in Lexware"),
    "credit_note_id": Text(de="Rechnungskorrektur in Lexware", en="Credit note in Lexware"),
    "lexware_id": Text(de="Lexware-ID", en="Lexware id"),
    "event_id": Text(de="Ereignis", en="Event"),
    "pending": STATES["pending"],
    "dead": STATES["dead"],
    "delivered": STATES["delivered"],
    "reason": Text(de="Grund", en="Reason"),
    "group": Text(de="Gruppe", en="Group"),
    "count": Text(de="Anzahl", en="Count"),
    "attempts": Text(de="Versuche", en="Attempts"),
    "died_at": Text(de="Aufgegeben", en="Died"),
    "standing": Text(de="Stand", en="State"),
    "created_at": Text(de="Abgeschlossen", en="Completed"),
    "first_at": Text(de="Zuerst", en="First"),
    "last_at": Text(de="Zuletzt", en="Last"),
    "message": Text(de="Was", en="What"),
    "action": Text(de="Zu tun", en="To do"),
    "who": Text(de="Wer", en="Who"),
    "on_replay": Text(de="Bei replay", en="On replay"),
    "result": Text(de="Ergebnis", en="Result"),
    "seen": Text(de="Lexware", en="Lexware"),
    "urls": Text(de="In Lexware", en="In Lexware"),
    # customers and contacts
    "customer_id": Text(de="Kunde", en="Customer"),
    "customer_number": Text(de="Kundennummer", en="Customer number"),
    "payer": Text(de="Empfänger", en="Addressee"),
    "address": Text(de="Name und Anschrift", en="Name and address"),
    "contact_id": Text(de="Kontakt", en="Contact"),
    "contact_url": Text(de="Kontakt des Kunden", en="The customer's contact"),
    "contact_address": Text(de="Name und Anschrift in Lexware", en="Name and address in Lexware"),
    "match": Text(de="Übereinstimmung", en="Match"),
    "hints": Text(de="Hinweise", en="Hints"),
    "origin": Text(de="Herkunft", en="Origin"),
    "linked_by": Text(de="verknüpft von", en="Linked by"),
    "linked_at": Text(de="verknüpft am", en="Linked at"),
    "current": Text(de="verbundenes Unternehmen", en="Connected organisation"),
    "state": Text(de="in Lexware", en="In Lexware"),
    "line": Text(de="Zeile", en="Line"),
}


def labels(*names: str, **otherwise: str) -> dict[str, Text]:
    """The labels of these facts; `otherwise` names the label of a fact that means something else here than elsewhere."""
    return {name: LABELS[otherwise.get(name, name)] for name in names}
