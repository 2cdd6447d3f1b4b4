"""What a practice reads about whom in Lexware its customers may be (`contact suggest`)."""

from worker.messages import Text
from worker.messages.glossary import CONTACT_STATES
from worker.messages.labels import labels

SUGGESTED = labels("customer_id", "address", "contact_id", "contact_address", "match", "hints")
MATCHES = {
    "exact": Text(de="genau gleich", en="exactly equal"),
    "same_name": Text(de="gleicher Name", en="same name"),
}
HINTS = {
    "archived": CONTACT_STATES["archived"],
    "not_a_customer": CONTACT_STATES["not_a_customer"],
    "linked_to_another": Text(de="mit anderem Kunden verknüpft", en="linked to another customer"),
    "carries_marker": Text(de="trägt eine Kennung von lexrelay", en="carries a marker of lexrelay"),
    "other_address": Text(de="andere Anschrift", en="another address"),
}
SEARCHING = Text(de="Suchen", en="Searching")
NOBODY_TO_SUGGEST = Text(
    de="Kein Kunde mit abgeschlossenen Belegen ist ohne Verknüpfung.",
    en="No customer with completed documents is without a link.",
)
HOW_TO_LINK = Text(
    de="So verknüpfen Sie: `lexrelay contact link --practice {practice} --customer KUNDE KONTAKT`.",
    en="To link: `lexrelay contact link --practice {practice} --customer CUSTOMER CONTACT`.",
)
NO_CANDIDATES = Text(
    de="Kunden, deren Namen in Lexware niemand trägt: {count}. Für sie wird mit dem nächsten Beleg ein Kontakt angelegt.",
    en="Customers whose name nobody bears in Lexware: {count}. A contact is created for them with their next document.",
)
