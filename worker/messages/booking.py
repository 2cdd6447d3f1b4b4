"""What a practice reads about ordering the transfer and its price ("Vertrag verwalten")."""

from worker.messages import Text
from worker.messages.labels import labels

BOOKED = Text(
    de="Die Übertragung zu Lexware Office ist für {name} ab {first} bestellt, Abrechnung {billing}.",
    en="The transfer to Lexware Office is ordered for {name} from {first}, billed {billing}.",
)
TRIAL = Text(
    de="Kostenlos bis {trial_until}. Bis {decline_by} können Sie ohne Kosten abbestellen, sonst beginnt am {paid_from} der "
    "erste bezahlte Zeitraum.",
    en="Free until {trial_until}; it can be declined at no charge until {decline_by}, otherwise the first paid period "
    "begins on {paid_from}.",
)
COSTS = Text(de="Preis: {amount} € netto je {period}.", en="Price: {amount} EUR net a {period}.")
INCLUDED = Text(de="Im Tarif {plan} enthalten.", en="Included in the plan {plan}.")
ALREADY_BOOKED = Text(
    de="Die Praxis {practice} hat die Übertragung schon am {since} bestellt.",
    en="Practice {practice} has already ordered, on {since}.",
)
STILL_BOOKED = Text(
    de="Die Praxis {practice} hat abbestellt; die Bestellung läuft noch bis {last}. Danach können Sie neu bestellen; bis dahin "
    "nimmt `lexrelay practice unbook --practice {practice} --undo` die Abbestellung zurück.",
    en="The booking of practice {practice} was ended but runs until {last}. It can be ordered again after that day; until "
    "then `lexrelay practice unbook --practice {practice} --undo` takes the end back.",
)
NOT_BOOKED = Text(
    de="Die Praxis {practice} hat zurzeit nichts bestellt.", en="Practice {practice} has ordered nothing."
)
TRIAL_OVER = Text(
    de="Die Testphase kann nicht schon vorbei sein: der {trial_until} liegt vor heute, dem {today}.",
    en="The trial must not be over already: {trial_until} is before today, {today}.",
)
TRIAL_TOO_LONG = Text(
    de="Eine Testphase bis {trial_until} ist zu lang; bitte prüfen Sie das Jahr.",
    en="A trial until {trial_until} is too long; check the year.",
)
DECLINE_WITHOUT_TRIAL = Text(
    de="`--decline-by` braucht eine Testphase: bitte geben Sie auch `--trial-until` an.",
    en="`--decline-by` needs a trial: give `--trial-until` as well.",
)
DECLINE_AFTER_TRIAL = Text(
    de="Der letzte Tag zum Abbestellen ({decline_by}) darf nicht nach dem Ende der Testphase ({trial_until}) liegen.",
    en="The last day to decline ({decline_by}) must not be after the end of the trial ({trial_until}).",
)
DECLINE_OVER = Text(
    de="Achtung: der letzte Tag zum Abbestellen, {decline_by}, ist schon vorbei.",
    en="Note: the last day to decline, {decline_by}, is over already.",
)
ENDS = Text(
    de="Die Bestellung endet mit Ablauf des {last}. Danach wird nichts mehr übertragen; was dann noch aussteht, wird "
    "zurückgehalten und geht nicht verloren.",
    en="The booking ends with {last}. After that nothing is transferred; what is still pending then is held, not lost.",
)
ENDS_UNDO = Text(
    de="Bis zum {last} lässt sich das zurücknehmen: `lexrelay practice unbook --practice {practice} --undo`.",
    en="Until {last} this can be taken back: `lexrelay practice unbook --practice {practice} --undo`.",
)
ENDS_NOT = Text(
    de="Die Praxis {practice} hat nicht abbestellt. Es hat sich nichts geändert.",
    en="Practice {practice} has not ended its booking. Nothing has changed.",
)
KEPT = Text(
    de="Die Abbestellung der Praxis {practice} zum {last} ist zurückgenommen; die Bestellung läuft weiter.",
    en="The end of practice {practice}'s booking on {last} is taken back; the booking goes on.",
)
AGREE_UNBOOK = Text(
    de="Die Bestellung der Praxis {practice} mit Ablauf des {last} beenden?",
    en="End the booking of practice {practice} with {last}?",
)
ENDS_FREE = Text(de="Es wird nichts berechnet.", en="Nothing is charged.")
ENDS_ALREADY = Text(
    de="Die Bestellung endet bereits mit Ablauf des {last}. Es hat sich nichts geändert.",
    en="The booking ends with {last} already. Nothing has changed.",
)
NO_PRICE = Text(
    de="Für Tarif {plan} ({billing}) steht zum {day} kein Preis in lexware.price. Bitte tragen Sie einen ein.",
    en="There is no price in lexware.price for plan {plan} ({billing}) on {day}. Enter one.",
)
CHARGES = labels("practice_id", "name", "plan", "billing", "from", "to", "net_amount", "reason")
IN_ALL = Text(de="Zusammen {amount} € netto.", en="{amount} EUR net in all.")
NOTHING_TO_BILL = Text(de="Für {month} ist nichts zu berechnen.", en="There is nothing to bill for {month}.")
