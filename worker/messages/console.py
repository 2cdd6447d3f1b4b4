"""The console's frame: how one comes in, what every page says, why a page is not shown."""

from worker.messages import Text

VALUE = Text(de="{value}", en="{value}")
ALL_OF = Text(de="{said}", en="{said}")
AMOUNT = Text(de="{amount} €", en="{amount} EUR")
AGO = Text(de="vor {age}", en="{age} ago")
AHEAD = Text(de="in {age}", en="in {age}")
ROLES = {
    "operator": Text(de="Betrieb", en="operator"),
    "viewer": Text(de="Betrieb, nur lesend", en="operator, reading only"),
    "practice": Text(de="Praxis", en="practice"),
}

# Starting

LISTENS = Text(
    de="Die Konsole läuft: {url}\nHinein kommen Sie mit einem Link aus `lexrelay console link --role operator`. Strg+C beendet "
    "sie.",
    en="The console runs: {url}\nA link from `lexrelay console link --role operator` lets you in. Ctrl-C ends it.",
)
PORT_TAKEN = Text(
    de="Die Konsole kann auf {address}, Port {port}, nicht lauschen: {problem}.",
    en="The console cannot listen on {address}, port {port}: {problem}.",
)
OPEN_TO_ALL = Text(
    de="--address {address} ist von anderen Rechnern erreichbar. Setzen Sie LEXRELAY_CONSOLE_URL auf die https-Adresse, unter "
    "der ein Webserver davor die Konsole zeigt, oder LEXRELAY_CONSOLE_PROXY auf die Adresse des Proxys, der die Benutzer "
    "anmeldet; oder lassen Sie --address weg.",
    en="--address {address} can be reached from other machines. Set LEXRELAY_CONSOLE_URL to the https address under which a "
    "web server in front shows the console, or LEXRELAY_CONSOLE_PROXY to the address of the proxy that signs users in; or "
    "leave --address out.",
)
NOT_INSTALLED = Text(
    de="Die Konsole braucht das Paket {package}, das nur das Extra `console` mitbringt: `pip install 'lexrelay[console]'`.",
    en="The console needs the package {package}, which only the extra `console` installs: `pip install "
    "'lexrelay[console]'`.",
)
WHOSE = Text(
    de="--role practice gehört mit --practice ID zusammen; die anderen Rollen stehen für sich.",
    en="--role practice goes with --practice ID; the other roles stand alone.",
)
LINK = Text(
    de="{url}\nGilt einmal und für {minutes} Minuten.",
    en="{url}\nWorks once, within {minutes} minutes.",
)

# The frame

TITLE = Text(de="lexrelay", en="lexrelay")
SKIP = Text(de="Zum Inhalt", en="Skip to content")
NAVIGATION = Text(de="Seiten", en="Pages")
MORNING = Text(de="Übersicht", en="Overview")
LETTERS = Text(de="Aufgegebene Belege", en="Dead letters")
DOCUMENTS = Text(de="Belege", en="Documents")
PRACTICES = Text(de="Praxen", en="Practices")
HISTORY = Text(de="Verlauf", en="History")
SYSTEM = Text(de="System", en="System")
SETTINGS = Text(de="Einstellungen", en="Settings")
REPORTS = Text(de="Nachweise", en="Reports")
CUSTOMERS = Text(de="Kunden", en="Customers")
OTHER_LANGUAGE = Text(de="English", en="Deutsch")
SIGNED_IN = Text(de="{name} ({role})", en="{name} ({role})")
LEAVE = Text(de="Abmelden", en="Sign out")
AS_OF = Text(de="Stand:", en="As of")
LIVE = Text(de="Die Seite aktualisiert sich selbst.", en="The page refreshes itself.")
LIVE_PAUSE = Text(de="Anhalten", en="Pause")
LIVE_GO = Text(de="Weiter", en="Go on")
MORE = Text(de="Weitere zeigen", en="Show more")
ALL = Text(de="alle", en="all")
FILTER = Text(de="Filtern", en="Filter")
SEARCH = Text(de="Suchen", en="Search")
WHY = Text(de="Warum? (bleibt im Verlauf)", en="Why? (kept in the history)")
NOTHING_FOUND = Text(de="Dazu findet sich nichts.", en="Nothing was found.")
SAID = Text(de="Ergebnis", en="Result")
PROBLEM = Text(de="Das ging nicht", en="That did not work")
REVEAL = Text(de="Namen zeigen", en="Show names")
REVEAL_WHY = Text(
    de="Namen von Personen zeigen; das wird im Verlauf festgehalten.",
    en="Show names of persons; that is kept in the history.",
)
RELEASE = Text(de="lexrelay {release}", en="lexrelay {release}")

# Why a page is not shown

REFUSED = Text(de="Das geht hier nicht", en="Not possible here")
AWAY_HEADING = Text(de="Gerade geht es nicht", en="Not at the moment")
EXPIRED_HEADING = Text(de="Der Link gilt nicht mehr", en="The link has ended")
COME_IN_HEADING = Text(de="Bitte anmelden", en="Please sign in")
LEFT_HEADING = Text(de="Abgemeldet", en="Signed out")
COME_IN = Text(
    de="Sie sind nicht angemeldet, oder Ihre Sitzung ist abgelaufen. Als Praxis öffnen Sie die Seite noch einmal aus Ihrer "
    "Praxissoftware. Wer lexrelay betreibt, bekommt mit `lexrelay console link` einen neuen Link.",
    en="You are not signed in, or your session has ended. As a practice, open the page again from your practice software. "
    "Whoever runs lexrelay gets a new link with `lexrelay console link`.",
)
NOT_YOURS = Text(
    de="Diese Seite oder diese Änderung steht Ihnen nicht zu.", en="This page, or this change, is not for you."
)
NO_SUCH_PAGE = Text(de="Diese Seite gibt es nicht.", en="There is no such page.")
NOTHING_TO_CHANGE = Text(de="Hier lässt sich so nichts ändern.", en="Nothing can be changed here like this.")
CODE_USED = Text(
    de="Dieser Link gilt nicht mehr: er wurde schon benutzt, ist abgelaufen oder unvollständig. Als Praxis öffnen Sie die Seite "
    "noch einmal aus Ihrer Praxissoftware. Wer lexrelay betreibt, bekommt mit `lexrelay console link` einen neuen.",
    en="This link does not work: it was used already, has expired, or is not complete. As a practice, open the page again from "
    "your practice software. Whoever runs lexrelay gets a new one with `lexrelay console link`.",
)
LEFT = Text(de="Sie sind abgemeldet.", en="You are signed out.")
FOREIGN_FORM = Text(
    de="Das Formular kam nicht von einer Seite dieser Konsole. Nichts wurde geändert.",
    en="The form did not come from a page of this console. Nothing was changed.",
)
STALE_FORM = Text(
    de="Das Formular ist veraltet. Nichts wurde geändert; laden Sie die Seite neu und senden Sie es noch einmal.",
    en="The form is out of date. Nothing was changed; load the page again and send it once more.",
)
NO_FORM = Text(de="Das ist kein Formular dieser Konsole.", en="That is no form of this console.")
NO_DAY = Text(de="{field} ist kein Tag wie 2026-12-31.", en="{field} is not a day like 2026-12-31.")
NO_VALUE = Text(de="{field} ist nicht zu verstehen.", en="{field} cannot be understood.")
NOTHING_CHOSEN = Text(de="Es wurde nichts gewählt, nichts geändert.", en="Nothing was chosen, nothing was changed.")
DATABASE_AWAY = Text(
    de="PostgreSQL antwortet gerade nicht. Verloren geht nichts; bitte versuchen Sie es gleich noch einmal.",
    en="PostgreSQL does not answer at the moment. Nothing is lost; try again in a moment.",
)
UNEXPECTED = Text(
    de="Unerwartet gescheitert: {error} in {place}. Bitte diese Zeile den Entwicklern geben.",
    en="Failed unexpectedly: {error} at {place}. Please give this line to the developers.",
)
