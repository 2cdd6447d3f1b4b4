"""What a practice reads about the links that hold (`contact list`)."""

from worker.messages import Text
from worker.messages.labels import labels

LINKS = labels("customer_id", "customer_number", "contact_id", "origin", "linked_by", "linked_at", "current")
CHECKED = labels("state")
NO_LINKS = Text(de="Es ist kein Kunde verknüpft.", en="No customer is linked.")
CHECKING = Text(de="Prüfen", en="Checking")
UNUSABLE = Text(
    de="Nicht mehr verwendbar ist der Kontakt von Kunde {customers}. Bitte stellen Sie ihn in Lexware wieder her (Archiv, Rolle "
    "Kunde), oder geben Sie mit `lexrelay contact link` einen anderen an.",
    en="The contact of customer {customers} cannot be used any more. Restore it in Lexware (archive, role customer), or give "
    "another one with `lexrelay contact link`.",
)
