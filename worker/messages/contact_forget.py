"""What is said when a customer asks to be erased."""

from worker.messages import Text

AGREE = Text(
    de="Vergessen, was vom Namen des Kunden {customer} aufbewahrt ist? Das lässt sich nicht zurücknehmen.",
    en="Forget what is kept of the name of customer {customer}? This cannot be taken back.",
)
UNSETTLED = Text(
    de="Belege des Kunden {customer} sind noch nicht erledigt (Ereignisse {events}). Bitte erst übertragen oder schließen; es "
    "wurde nichts geändert.",
    en="Documents of customer {customer} are not settled yet (events {events}). Deliver or close them first; nothing was changed.",
)
UNKNOWN = Text(
    de="Einen Kunden {customer} der Praxis {practice} kennt weder die Praxissoftware noch lexrelay; es wurde nichts geändert. "
    "Bitte die Kennung prüfen.",
    en="Neither the practice software nor lexrelay knows a customer {customer} of practice {practice}; nothing was changed. "
    "Check the id.",
)
FORGOTTEN = Text(
    de="Vom Kunden {customer} bleiben nur Kennungen; verschlüsselte Prüfwerte des Namens gelöscht: {count}.",
    en="Of customer {customer} only ids are left; keyed hashes of the name removed: {count}.",
)
CONTACT = Text(
    de="In Lexware bleibt zu tun: den Kontakt archivieren oder, sobald es die Aufbewahrungsfrist erlaubt, löschen: {url}",
    en="To be done in Lexware: archive the contact, or delete it as soon as the period of retention allows: {url}",
)
DOCUMENTS = Text(
    de="Belege in Lexware: {count}. Sie müssen dort für die gesetzliche Frist aufbewahrt werden.",
    en="Documents in Lexware: {count}. They must be kept there for the period that the law demands.",
)
ELSEWHERE = Text(
    de="Name und Anschrift stehen außerdem in der Praxissoftware und in Ihren Sicherungen; hier stehen sie nicht.",
    en="Name and address stand in the practice software and in your backups as well; they are not kept here.",
)
