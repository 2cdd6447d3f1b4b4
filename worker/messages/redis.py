"""What is the matter with Redis, and what to do: a sentence and a step for every state it can be in."""

from typing import Literal

from worker.messages import Text

State = Literal[
    "away", "password", "replica", "full", "rights", "loading", "protected", "disk", "busy", "kept_nothing", "refuses",
    "command", "no_database", "too_many", "few_replicas", "cluster",
    "wants_tls", "speaks_plainly", "certificate",
]  # fmt: skip

WORKS = Text(de="Redis nimmt eine Nachricht an und gibt sie zurück.", en="Redis takes a message and gives it back.")
TOLD: dict[State, Text] = {
    "away": Text(de="Redis antwortet nicht ({error}).", en="Redis does not answer ({error})."),
    "password": Text(de="Redis weist Benutzer oder Passwort ab.", en="Redis refuses the user or the password."),
    "replica": Text(
        de="Redis ist eine Kopie (replica), auf der nur gelesen wird.", en="Redis is a replica, which only reads."
    ),
    "full": Text(
        de="Redis ist voll (maxmemory) und nimmt nichts mehr an.", en="Redis is full (maxmemory) and takes nothing."
    ),
    "rights": Text(de="Diesem Benutzer fehlt in Redis ein Recht (ACL).", en="This user lacks a right in Redis (ACL)."),
    "loading": Text(de="Redis lädt noch seine Daten.", en="Redis is still loading its data."),
    "protected": Text(
        de="Redis läuft im geschützten Modus und nimmt von hier nichts an.",
        en="Redis is in protected mode and takes nothing from here.",
    ),
    "disk": Text(
        de="Redis kann nicht auf seine Platte schreiben und nimmt deshalb nichts an.",
        en="Redis cannot write to its disk and therefore takes nothing.",
    ),
    "busy": Text(
        de="Redis führt ein Skript aus, das nicht endet.", en="Redis is busy with a script that does not end."
    ),
    "kept_nothing": Text(
        de="Redis nahm eine Nachricht an und hatte sie danach nicht mehr.",
        en="Redis took a message and did not have it afterwards.",
    ),
    "refuses": Text(de="Redis weist eine Nachricht ab ({error}).", en="Redis refuses a message ({error})."),
    "command": Text(
        de="In Redis fehlt ein Befehl, den lexrelay braucht (rename-command).",
        en="Redis lacks a command that lexrelay needs (rename-command).",
    ),
    "no_database": Text(
        de="Die Nummer der Datenbank in REDIS_URL gibt es in Redis nicht (databases).",
        en="Redis has no database of the number in REDIS_URL (databases).",
    ),
    "too_many": Text(
        de="Redis hat zu viele Verbindungen (maxclients).", en="Redis has too many connections (maxclients)."
    ),
    "few_replicas": Text(
        de="Redis hat zu wenige Kopien und nimmt deshalb nichts an (min-replicas-to-write).",
        en="Redis has too few replicas and therefore takes nothing (min-replicas-to-write).",
    ),
    "cluster": Text(
        de="Redis ist ein Cluster, der Schlüssel auf mehrere Server verteilt.",
        en="Redis is a cluster, which spreads keys over several servers.",
    ),
    "wants_tls": Text(
        de="Redis spricht TLS, REDIS_URL aber nicht: sie beginnt mit redis.",
        en="Redis speaks TLS, and REDIS_URL does not: it begins with redis.",
    ),
    "speaks_plainly": Text(
        de="Redis spricht kein TLS, REDIS_URL verlangt es aber: sie beginnt mit rediss.",
        en="Redis speaks no TLS, and REDIS_URL asks for it: it begins with rediss.",
    ),
    "certificate": Text(
        de="Dem Zertifikat von Redis traut dieser Rechner nicht.", en="This machine does not trust Redis' certificate."
    ),
}
STEPS: dict[State, Text] = {
    "wants_tls": Text(
        de="REDIS_URL mit rediss:// beginnen lassen (bei Sentinels: rediss+sentinel://).",
        en="Let REDIS_URL begin with rediss:// (with Sentinels: rediss+sentinel://).",
    ),
    "speaks_plainly": Text(
        de="In Redis TLS einschalten (tls-port), oder REDIS_URL mit redis:// beginnen lassen.",
        en="Switch TLS on in Redis (tls-port), or let REDIS_URL begin with redis://.",
    ),
    "certificate": Text(
        de="Der Name in REDIS_URL muss im Zertifikat stehen, und wer es ausgestellt hat, bekannt sein: `?ssl_ca_certs=DATEI` anhängen.",
        en="The name in REDIS_URL must stand in the certificate, and its issuer be known: append `?ssl_ca_certs=FILE`.",
    ),
    "away": Text(de="Läuft es, und stimmt REDIS_URL?", en="Is it running, and is REDIS_URL right?"),
    "password": Text(
        de="Benutzer und Passwort in REDIS_URL berichtigen.", en="Put user and password in REDIS_URL right."
    ),
    "replica": Text(
        de="REDIS_URL muss den Server nennen, auf dem geschrieben wird.",
        en="Let REDIS_URL name the server that is written to.",
    ),
    "full": Text(
        de="maxmemory erhöhen oder aufräumen; ein Redis für lexrelay allein braucht wenige Megabyte.",
        en="Raise maxmemory or tidy up; a Redis for lexrelay alone needs a few megabytes.",
    ),
    "rights": Text(
        de="Dem Benutzer geben: ~lexrelay* +@read +@write +@scripting +@connection +info.",
        en="Give the user: ~lexrelay* +@read +@write +@scripting +@connection +info.",
    ),
    "loading": Text(de="Bitte gleich noch einmal prüfen.", en="Check again in a moment."),
    "protected": Text(
        de="In Redis ein Passwort setzen, oder `bind` und `protected-mode`.",
        en="Set a password in Redis, or `bind` and `protected-mode`.",
    ),
    "disk": Text(
        de="Im Protokoll von Redis nach dem Fehler sehen; sonst `stop-writes-on-bgsave-error no`.",
        en="Look for the error in Redis' log; else `stop-writes-on-bgsave-error no`.",
    ),
    "busy": Text(de="Es mit SCRIPT KILL beenden.", en="End it with SCRIPT KILL."),
    "kept_nothing": Text(
        de="maxmemory-policy auf noeviction stellen und maxmemory erhöhen.",
        en="Set maxmemory-policy to noeviction and raise maxmemory.",
    ),
    "refuses": Text(de="Im Protokoll von Redis nachsehen.", en="Look into Redis' log."),
    "command": Text(
        de="EVAL, EVALSHA, SCRIPT, HELLO und die Befehle für Listen, Hashes und Sets nicht umbenennen.",
        en="Do not rename EVAL, EVALSHA, SCRIPT, HELLO or the commands for lists, hashes and sets.",
    ),
    "no_database": Text(de="Eine kleinere Nummer nehmen, etwa 0.", en="Take a smaller number, such as 0."),
    "too_many": Text(
        de="maxclients erhöhen, oder andere Benutzer von Redis ansehen.",
        en="Raise maxclients, or look at who else uses Redis.",
    ),
    "few_replicas": Text(
        de="Die Kopien in Gang bringen, oder `min-replicas-to-write 0`.",
        en="Get the replicas running, or `min-replicas-to-write 0`.",
    ),
    "cluster": Text(
        de="lexrelay einen einzelnen Redis geben; ein paar Megabyte genügen.",
        en="Give lexrelay a single Redis; a few megabytes are enough.",
    ),
}
EVICTS = Text(
    de="Redis wirft bei vollem Speicher Nachrichten weg (maxmemory-policy {policy}); sie kommen erst nach Sekunden wieder.",
    en="Redis throws messages away when it is full (maxmemory-policy {policy}); they come back only after seconds.",
)
EVICTS_STEP = Text(de="maxmemory-policy auf noeviction stellen.", en="Set maxmemory-policy to noeviction.")
UNREADABLE = Text(
    de="In den letzten Tagen waren {count} Nachrichten unlesbar und wurden weggenommen; jemand anderes schreibt in lexrelay:*.",
    en="In the last days {count} messages were unreadable and were taken out; somebody else writes to lexrelay:*.",
    one=(
        "In den letzten Tagen war 1 Nachricht unlesbar und wurde weggenommen; jemand anderes schreibt in lexrelay:*.",
        "In the last days 1 message was unreadable and was taken out; somebody else writes to lexrelay:*.",
    ),
)
UNREADABLE_STEP = Text(
    de="Anderen den Zugriff auf diese Schlüssel nehmen (ACL), oder Redis für lexrelay allein betreiben.",
    en="Keep others from these keys (ACL), or run a Redis for lexrelay alone.",
)
