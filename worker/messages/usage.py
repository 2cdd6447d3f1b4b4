"""What is wrong with a command line, where click does not say it, and what a schema or a migration refuses."""

from worker.messages import Text

EITHER_CUSTOMER_OR_FILE = Text(
    de="Entweder --customer ID und WERT angeben, oder --csv DATEI.",
    en="Give either --customer ID and VALUE, or --csv FILE.",
)
WRONG_ORDER = Text(de="--from {first} liegt nach --to {last}.", en="--from {first} is after --to {last}.")
ONE_HOST = Text(
    de="Nur eines von --host und --reference-practice angeben.", en="Choose one of --host and --reference-practice."
)
MAIL_OR_OFF = Text(de="Nur eines von --mail und --off angeben.", en="Choose one of --mail and --off.")
JSON_OR_WATCH = Text(de="--json und --watch schließen sich aus.", en="--json and --watch exclude each other.")
NO_DAY = Text(de="{value} ist kein Tag wie 2026-12-31.", en="{value} is not a day like 2026-12-31.")
NO_MONTH = Text(de="{value} ist kein Monat wie 2026-12.", en="{value} is not a month like 2026-12.")
NO_MOMENT = Text(
    de="{value} ist weder wie 2h oder 3d noch wie 2026-12-31 oder 2026-12-31T08:00.",
    en="{value} is neither like 2h or 3d nor like 2026-12-31 or 2026-12-31T08:00.",
)
NO_GROUP = Text(
    de="{value} ist keine Gruppe wie 1f3a9c07; `lexrelay dead groups` zeigt sie.",
    en="{value} is not a group like 1f3a9c07; `lexrelay dead groups` shows them.",
)
NO_ID = Text(
    de="{value} ist keine Kennung wie 42.",
    en="{value} is not an id like 42.",
)
APPLIED = Text(de="angewendet: {name}", en="applied {name}")
HELD_AFTER_RESTORE = Text(
    de="Angehaltene Praxen: {practices}. Ereignisse, die erst in Lexware gesucht werden, bevor sie gesendet werden: {events}. "
    "`lexrelay practice resume --practice ID` lässt eine Praxis weitermachen.",
    en="Paused practices: {practices}. Events that will be looked for in Lexware before they are sent: {events}. "
    "`lexrelay practice resume --practice ID` lets a practice go on.",
)
