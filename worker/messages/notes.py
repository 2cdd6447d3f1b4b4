"""What a practice reads about exemption notes in words of its own."""

from worker.messages import Text

CONFIRMED_WITH_THIS = Text(
    de="- Befreiungshinweise Ihrer Belege, deren Wortlaut Sie hiermit bestätigen (ein neuer wird erst gefragt):",
    en="- Exemption notes of your documents whose wording you confirm with this (a new one is asked about first):",
)
WORDING = Text(de="  „{text}“ (Belege: {documents})", en='  "{text}" (documents: {documents})')
TOO_MANY = Text(
    de="  {count} weitere sind nicht bestätigt: bei so vielen steht vermutlich etwas von jedem Beleg darin. Sie werden gefragt, "
    "wenn einer übertragen werden soll.",
    en="  {count} more are not confirmed: among so many, something of each document seems to stand in them. You will be asked "
    "when one is to go over.",
    one=(
        (
            "  1 weiterer ist nicht bestätigt: bei so vielen steht vermutlich etwas von jedem Beleg darin. Sie werden gefragt, wenn er "
            "übertragen werden soll."
        ),
        (
            "  1 more is not confirmed: among so many, something of each document seems to stand in them. You will be asked when it "
            "is to go over."
        ),
    ),
)
ADOPTED = Text(
    de="Wortlaute von Befreiungshinweisen, die schon übertragen wurden und bestätigt bleiben: {count}.",
    en="Wordings of exemption notes that went over already and stay confirmed: {count}.",
)
NOTHING_WAITS = Text(
    de="Hier wartet kein Beleg auf die Bestätigung eines Wortlauts.",
    en="No document waits here for a wording to be confirmed.",
)
WAITING = Text(
    de="Diese Wortlaute hat noch niemand bestätigt; mit einer der Nummern wird der Wortlaut für alle bestätigt, die darauf warten:",
    en="Nobody has confirmed these wordings; any one of the numbers confirms the wording for all that wait for it:",
)
EVENTS = Text(
    de="  lexrelay practice confirm-note --practice {practice} {event}",
    en="  lexrelay practice confirm-note --practice {practice} {event}",
)
NOT_WAITING = Text(
    de="Kein Wortlaut ist zu bestätigen für Ereignis {events}: nicht aus diesem Grund aufgegeben, inzwischen geändert, oder der "
    "Hinweis enthält Gesundheitsdaten.",
    en="There is no wording to confirm for event {events}: not dead for this reason, changed meanwhile, or the note holds "
    "health data.",
)
ANOTHER_NOW = Text(
    de="Der Hinweis lautet inzwischen anders, als gezeigt wurde. Bitte noch einmal ansehen; es wurde nichts bestätigt.",
    en="The note has another wording by now than the one that was shown. Look again; nothing was confirmed.",
)
CONFIRMED = Text(de="Bestätigt:", en="Confirmed:")
ON_THE_WAY = Text(de="Wieder auf dem Weg: {events}.", en="On the way again: {events}.")
AGREE = Text(
    de="{count} Belege gehen damit zu Lexware. Fortfahren?", en="{count} documents go to Lexware with this. Continue?"
)
