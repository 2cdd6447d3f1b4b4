"""What a preview says beside the facts. Why a document would be stopped stands in `reasons`."""

from worker.messages import Text

TITLE = Text(de="{kind} {number}, {status}", en="{kind} {number}, {status}")
HERE = Text(de="In der Praxis", en="In the practice")
LEAVES = Text(de="Geht an Lexware", en="Leaves for Lexware")
CONTACT_LEAVES = Text(de="Als neuer Kontakt geht an Lexware", en="Leaves for Lexware as a new contact")
NOTHING_LEAVES = Text(de="Nichts: so wird der Beleg nicht gesendet.", en="Nothing: as it is, the document is not sent.")
SUMS = Text(
    de="Summe hier {here} €, in Lexware {there} €.",
    en="Total here {here} EUR, in Lexware {there} EUR.",
)
UNKNOWN_SUM = Text(de="unbekannt", en="unknown")
PROBLEM = Text(de="Hindernis: {message}", en="In the way: {message}")
NOTE = Text(de="Hinweis: {message}", en="Note: {message}")
WOULD_BE_SENT = Text(
    de="Ein Entwurf mit diesem Inhalt würde gesendet. Gesendet wurde jetzt nichts.",
    en="A draft with this content would be sent. Nothing was sent now.",
)
WAS_SENT = Text(
    de="Als Entwurf ist der Beleg schon in Lexware. Gesendet wird nichts mehr.",
    en="The document is in Lexware already, as a draft. Nothing more is sent.",
)
NOT_SENT = Text(
    de="So würde nichts gesendet: der Beleg bliebe am ersten Hindernis liegen.",
    en="As it is, nothing would be sent: the document would stop at the first thing in the way.",
)

TO_COME = Text(de="(kommt noch)", en="(to come)")
LINE = Text(de="Zeile {place}", en="line {place}")
SHOWN = Text(de="{value}", en="{value}")
#: What the fields are called, here and in what leaves; a path is said one after another.
FIELDS = {
    "number": Text(de="Nummer", en="number"),
    "invoice_date": Text(de="Rechnungsdatum", en="invoice date"),
    "due_date": Text(de="fällig am", en="due date"),
    "tax_mode": Text(de="Umsatzsteuer", en="VAT"),
    "exemption_note": Text(de="Befreiungshinweis", en="exemption note"),
    "introduction": Text(de="Einleitungstext", en="introduction"),
    "total": Text(de="Summe", en="total"),
    "payer": Text(de="Empfänger", en="payer"),
    "customer_id": Text(de="Kunde", en="customer"),
    "customer_number": Text(de="Kundennummer", en="customer number"),
    "salutation": Text(de="Anrede", en="salutation"),
    "first_name": Text(de="Vorname", en="first name"),
    "last_name": Text(de="Nachname", en="last name"),
    "company_name": Text(de="Firma", en="company"),
    "street": Text(de="Straße", en="street"),
    "address_supplement": Text(de="Adresszusatz", en="supplement"),
    "supplement": Text(de="Adresszusatz", en="supplement"),
    "zip": Text(de="Postleitzahl", en="zip"),
    "city": Text(de="Ort", en="city"),
    "country_code": Text(de="Land", en="country"),
    "countryCode": Text(de="Land", en="country"),
    "email": Text(de="E-Mail", en="e-mail"),
    "phone": Text(de="Telefon", en="phone"),
    "position": Text(de="Platz", en="position"),
    "treated_on": Text(de="behandelt am", en="treated on"),
    "code": Text(de="Ziffer", en="code"),
    "description": Text(de="Beschreibung", en="description"),
    "quantity": Text(de="Menge", en="quantity"),
    "unit": Text(de="Einheit", en="unit"),
    "unit_price": Text(de="Preis", en="price"),
    "vat_rate": Text(de="Steuersatz", en="VAT rate"),
    "version": Text(de="Version", en="version"),
    "roles": Text(de="Rolle", en="role"),
    "customer": Text(de="Kunde", en="customer"),
    "person": Text(de="Person", en="person"),
    "firstName": Text(de="Vorname", en="first name"),
    "lastName": Text(de="Nachname", en="last name"),
    "company": Text(de="Firma", en="company"),
    "name": Text(de="Name", en="name"),
    "addresses": Text(de="Anschrift", en="address"),
    "billing": Text(de="Rechnung", en="billing"),
    "emailAddresses": Text(de="E-Mail", en="e-mail"),
    "phoneNumbers": Text(de="Telefon", en="phone"),
    "private": Text(de="privat", en="private"),
    "business": Text(de="geschäftlich", en="business"),
    "note": Text(de="Notiz", en="note"),
    "voucherDate": Text(de="Belegdatum", en="voucher date"),
    "address": Text(de="Anschrift", en="address"),
    "contactId": Text(de="Kontakt", en="contact"),
    "type": Text(de="Art", en="type"),
    "unitName": Text(de="Einheit", en="unit"),
    "unitPrice": Text(de="Preis", en="price"),
    "currency": Text(de="Währung", en="currency"),
    "netAmount": Text(de="netto", en="net"),
    "grossAmount": Text(de="brutto", en="gross"),
    "taxRatePercentage": Text(de="Steuersatz", en="VAT rate"),
    "totalPrice": Text(de="Summe", en="total"),
    "taxConditions": Text(de="Umsatzsteuer", en="VAT"),
    "taxType": Text(de="Art", en="type"),
    "taxTypeNote": Text(de="Vermerk", en="note"),
    "shippingConditions": Text(de="Leistung", en="service"),
    "shippingType": Text(de="Art", en="type"),
    "shippingDate": Text(de="von", en="from"),
    "shippingEndDate": Text(de="bis", en="to"),
    "paymentConditions": Text(de="Zahlung", en="payment"),
    "paymentTermLabel": Text(de="Bedingung", en="terms"),
    "paymentTermDuration": Text(de="Tage", en="days"),
    "title": Text(de="Titel", en="title"),
    "remark": Text(de="Schlusstext", en="closing text"),
}
CODES = {
    "vatfree": Text(de="umsatzsteuerfrei", en="free of VAT"),
    "net": Text(de="netto", en="net"),
    "gross": Text(de="brutto", en="gross"),
    "custom": Text(de="frei", en="custom"),
    "none": Text(de="keine", en="none"),
    "service": Text(de="Leistungsdatum", en="service date"),
    "serviceperiod": Text(de="Leistungszeitraum", en="service period"),
}
#: Fields whose values are codes.
CODED = frozenset({"tax_mode", "taxType", "shippingType", "type"})

ONE_TIME = Text(
    de="Kontakt: keiner; die Anschrift geht nur mit dem Beleg hinüber.",
    en="Contact: none; the address goes with the document only.",
)
DECISIONS = {
    "linked": Text(de="Kontakt: verknüpft mit {id}.", en="Contact: linked with {id}."),
    "match": Text(
        de="Kontakt: {id} passt genau und würde verknüpft.", en="Contact: {id} fits exactly and would be linked."
    ),
    "create": Text(
        de="Kontakt: keiner passt, es würde einer angelegt.", en="Contact: none fits, one would be created."
    ),
    "ambiguous": Text(
        de="Kontakt: mehrere passen; bitte verknüpfen Sie den richtigen.",
        en="Contact: several fit; link the right one.",
    ),
    "unknown": Text(
        de="Kontakt: offen, denn Lexware konnte nicht gefragt werden.",
        en="Contact: open, as Lexware could not be asked.",
    ),
}

REMARKS = {
    "not_connected": Text(
        de="Die Praxis ist nicht mit Lexware verbunden; angenommen sind neutrale Positionen und die Steuereinstellung "
        "{tax_type}.",
        en="The practice is not connected with Lexware; neutral lines and the tax setting {tax_type} are assumed.",
    ),
    "still_a_draft": Text(
        de="Der Beleg ist in der Praxis noch ein Entwurf und wird erst nach dem Abschließen übertragen.",
        en="The document is still a draft in the practice and goes over only when it is completed.",
    ),
    "already_delivered": Text(
        de="Der Beleg ist schon in Lexware ({lexware_id}) und wird nicht noch einmal gesendet.",
        en="The document is in Lexware already ({lexware_id}) and is not sent again.",
    ),
    "contact_id_to_come": Text(
        de="Die Kennung des Kontakts kommt noch: es gibt ihn noch nicht.",
        en="The contact's id is yet to come: there is no such contact yet.",
    ),
    "rounding_line": Text(
        de="Die Summe wurde anders gerundet als in Lexware: der Unterschied steht als letzte Position „Rundungsdifferenz“.",
        en="The total was rounded otherwise than in Lexware: the difference is the last line, “Rundungsdifferenz”.",
    ),
    "neutral_lines": Text(
        de="Die Summe wurde anders gerundet als in Lexware: die einzelnen Positionen ergäben sie dort nicht, darum geht je "
        "Steuersatz eine neutrale.",
        en="The total was rounded otherwise than in Lexware, where the single lines would not give it: one neutral line goes "
        "per VAT rate instead.",
    ),
    "gross_amounts": Text(
        de="Die Summe wurde anders gerundet als in Lexware: kein Nettobetrag ergäbe sie dort, darum gehen Bruttobeträge.",
        en="The total was rounded otherwise than in Lexware, where no net amount would give it: gross amounts go instead.",
    ),
    "rendered_marks": Text(
        de="Lexware stellt Zeichen im Text als Fettdruck, Schrägdruck oder Aufzählung dar (**, __, „- “ am Zeilenanfang); "
        "gesendet wird der Text, wie er ist.",
        en="Lexware renders signs in the text as bold, italic or a list (**, __, “- ” at the start of a line); the text is "
        "sent as it is.",
    ),
    "lexware_not_asked": Text(de="{why}", en="{why}"),
}
