"""What `lexrelay check` says about dependencies and settings: how something is, and what to do if it is not well."""

from worker.messages import Text

AS_IT_IS = Text(de="{words}", en="{words}")
"""What has only one language: a statement of SQL, a program's own complaint."""
START = Text(de="Bitte `lexrelay run` starten.", en="Start `lexrelay run`.")
MIGRATE = Text(de="Bitte `lexrelay migrate` ausführen.", en="Run `lexrelay migrate`.")

# Settings, Redis, Dramatiq

PACE = Text(
    de="{rate} Anfragen je Sekunde und Praxis an {url}, Frist eines Versuchs {lease} s.",
    en="{rate} calls a second and practice to {url}, lease {lease} s.",
)
PACE_TOO_HIGH = Text(
    de="Lexware erlaubt {allowed} je Sekunde: bitte LEXRELAY_RATE_PER_SECOND senken.",
    en="Lexware allows {allowed} a second: lower LEXRELAY_RATE_PER_SECOND.",
)
REDIS = Text(de="Redis antwortet.", en="Redis answers.")
REDIS_AWAY = Text(de="Redis antwortet nicht ({error}).", en="Redis does not answer ({error}).")
REDIS_URL = Text(de="Läuft es, und stimmt REDIS_URL?", en="Is it running, and is REDIS_URL right?")
ESCAPED = Text(
    de="{count} Nachrichten sind einem Aktor entkommen; ihre Ereignisse sind in PostgreSQL sicher und kommen wieder.",
    en="{count} messages escaped from an actor; their events are safe in PostgreSQL and come again.",
)
ESCAPED_STEP = Text(
    de="Bitte im Protokoll der Arbeitsprozesse nach delivery.failed sehen.",
    en="Look for delivery.failed in the workers' log.",
)
DRAMATIQ = Text(de="Dramatiq trägt Kennungen und tut sonst nichts.", en="Dramatiq carries ids and does nothing else.")
DRAMATIQ_STEP = Text(de="Bitte in worker/actors.py zurücksetzen.", en="Set it back in worker/actors.py.")

# The database

DATABASE_AWAY = Text(de="PostgreSQL antwortet nicht ({error}).", en="PostgreSQL does not answer ({error}).")
DATABASE_URL = Text(de="Läuft es, und stimmt DATABASE_URL?", en="Is it running, and is DATABASE_URL right?")
DATABASE = Text(de="PostgreSQL {version} antwortet.", en="PostgreSQL {version} answers.")
TOO_OLD = Text(de="PostgreSQL {version} ist zu alt.", en="PostgreSQL {version} is too old.")
TOO_OLD_STEP = Text(
    de="Bitte auf eine Version von {oldest} bis {newest} umsteigen.", en="Move to one of {oldest} to {newest}."
)
TOO_NEW = Text(
    de="PostgreSQL {version} ist neuer als alles, womit lexrelay geprüft wurde.",
    en="PostgreSQL {version} is newer than what lexrelay was tested with.",
)
TOO_NEW_STEP = Text(de="Bitte nach einer neuen Version von lexrelay sehen.", en="Look for an update of lexrelay.")
SCHEMA = Text(
    de="Schema {version} ist das, was dieses Programm braucht.", en="Schema {version} is what this program needs."
)
ROLE = Text(
    de="Wir arbeiten als {role}; diese Rolle sieht den Vertrag (contract) und sonst nichts von der Praxissoftware.",
    en="We work as {role}, which sees the contract and nothing else of the practice software.",
)
NO_ROLE = Text(
    de="{login} darf die Rolle {role} nicht annehmen; lexrelay arbeitet also mit mehr Rechten, als es braucht.",
    en="{login} may not take on the role {role}, so lexrelay works with more rights than it needs.",
)
NO_ROLE_STEP = Text(de='Als Eigentümer: grant {role} to "{login}";', en='As the owner: grant {role} to "{login}";')
SEES_TOO_MUCH = Text(
    de="Die Rolle {role} kann neben dem Vertrag Tabellen der Praxissoftware lesen: {tables}.",
    en="The role {role} can read tables of the practice software beside the contract: {tables}.",
)
SEES_TOO_MUCH_STEP = Text(
    de="Bitte {role} und public diese Rechte mit `revoke select` nehmen.",
    en="Take them from {role} and from public with `revoke select`.",
)
LOCKS = Text(
    de="Eine Sperre der Sitzung hält, solange die Sitzung hält.",
    en="A session lock is held as long as its session.",
)
LOCKS_LOST = Text(
    de="Eine Sperre der Sitzung blieb nicht: vor PostgreSQL steht ein Pooler im Transaktionsmodus.",
    en="A session lock did not stay: a pooler in transaction mode stands before PostgreSQL.",
)
LOCKS_LOST_STEP = Text(
    de="DATABASE_URL muss PostgreSQL selbst nennen, oder einen Pooler im Sitzungsmodus.",
    en="Let DATABASE_URL name PostgreSQL itself, or a pooler in session mode.",
)
POOLER = Text(
    de="Vor PostgreSQL steht ein Pooler; die Sperre hielt, aber das beweist nichts, solange er nichts zu tun hat.",
    en="A pooler stands before PostgreSQL; the lock held, which proves nothing while it is idle.",
)
POOLER_STEP = Text(
    de="DATABASE_URL sollte PostgreSQL selbst nennen; sonst muss der Pooler im Sitzungsmodus sein.",
    en="Let DATABASE_URL name PostgreSQL itself, or make sure that the pooler is in session mode.",
)
TRANSACTIONS = Text(de="Keine Transaktion ist schon lange offen.", en="No transaction has been open for long.")
TRANSACTIONS_HIDDEN = Text(
    de="Keine Transaktion ist schon lange offen. {hidden} Sitzungen sind für diesen Zugang nicht zu sehen.",
    en="No transaction has been open for long. {hidden} sessions are hidden from this login.",
)
OLD_TRANSACTION = Text(
    de="Eine Transaktion ist seit {age} offen (pid {pids}); bis sie endet, wachsen die Tabellen.",
    en="A transaction has been open for {age} (pid {pids}); until it ends, tables grow.",
)
OLD_TRANSACTION_STEP = Text(
    de="In pg_stat_activity nachsehen, was sie tut; pg_terminate_backend beendet sie.",
    en="Find out what it does in pg_stat_activity; end it with pg_terminate_backend.",
)

# The contract

CONTRACT = Text(de="Die Sichten {views} haben alle ihre Spalten.", en="The views {views} have all their columns.")
CONTRACT_LACKS = Text(de="Im Vertrag fehlt {columns}.", en="The contract lacks {columns}.")
CONTRACT_LACKS_STEP = Text(
    de="`lexrelay migrate` ausführen: es legt die Sichten aus dem Host-Ordner neu an.",
    en="Run `lexrelay migrate`: it makes the views anew from the host folder.",
)
CONTRACT_SHOWS = Text(
    de="Der Vertrag zeigt mehr, als lexrelay liest: {columns}.",
    en="The contract shows more than lexrelay reads: {columns}.",
)
CONTRACT_SHOWS_STEP = Text(de="Bitte aus den Sichten nehmen.", en="Take it out of the views.")
SILENT_COLUMNS = Text(de="Ohne Erklärung: {columns}.", en="Without a comment: {columns}.")
SILENT_COLUMNS_STEP = Text(
    de="Mit `comment on column` sagen, was darin steht.", en="Say in `comment on column` what they hold."
)
LEAKS = Text(de="contract.leaks lässt sich fragen.", en="contract.leaks can be asked.")
NO_LEAKS = Text(
    de="contract.leaks fehlt, oder der Arbeitsprozess darf es nicht fragen.",
    en="contract.leaks is missing, or the worker may not ask it.",
)
TRIGGER = Text(de="Der Trigger auf {table} ist an.", en="The trigger on {table} is enabled.")
NO_TRIGGER = Text(
    de="Der Trigger lexrelay_document_completed fehlt.", en="The trigger lexrelay_document_completed is missing."
)
NO_TRIGGER_WANTED = Text(
    de="Die Praxissoftware ist ohne Trigger beschrieben: das Sicherheitsnetz findet, was abgeschlossen wird.",
    en="The practice software is described without a trigger: the safety net finds what is completed.",
)
LANDED = Text(de="Jeder abgeschlossene Beleg lässt sich übernehmen.", en="Every completed document can be taken over.")
UNLANDED = Text(
    de="{documents} abgeschlossene Belege lassen sich nicht übernehmen ({cause}), zum Beispiel: {examples}.",
    en="{documents} completed documents cannot be taken over ({cause}), for instance: {examples}.",
)
UNLANDED_STEP = Text(
    de="Die Belege in der Praxissoftware oder deren document.sql berichtigen; das Sicherheitsnetz übernimmt sie dann.",
    en="Correct the documents in the practice software, or its document.sql; the safety net takes them over then.",
)
TRIGGER_OFF = Text(
    de="Der Trigger auf {table} ist aus: nur das Sicherheitsnetz findet, was abgeschlossen wird, eine Minute später.",
    en="The trigger on {table} is disabled: only the safety net finds what is completed, a minute late.",
)
NOT_DEFERRED = Text(
    de="Der Trigger auf {table} ist nicht aufgeschoben (deferred).", en="The trigger on {table} is not deferred."
)
NOT_DEFERRED_STEP = Text(
    de="Bitte löschen, dann `lexrelay migrate` ausführen.", en="Drop it, then run `lexrelay migrate`."
)

# Processes, keys and Lexware

PROCESSES = Text(
    de="Am Leben: Poller {pollers}, Arbeitsprozesse {workers}.", en="Alive: pollers {pollers}, workers {workers}."
)
KEYS_OPEN = Text(
    de="LEXRELAY_SECRET_KEYS öffnet alle {count} hinterlegten API-Schlüssel.",
    en="LEXRELAY_SECRET_KEYS opens all {count} stored API keys.",
)
KEY_CLOSED = Text(
    de="Keiner aus LEXRELAY_SECRET_KEYS öffnet den API-Schlüssel der Praxis {practice}.",
    en="None of LEXRELAY_SECRET_KEYS opens the API key of practice {practice}.",
)
KEY_CLOSED_STEP = Text(
    de="Den fehlenden dort ergänzen, oder den API-Schlüssel mit `lexrelay practice connect` neu hinterlegen.",
    en="Add the missing one there, or give the API key to `lexrelay practice connect` again.",
)
ACCEPTS = Text(
    de="Lexware nimmt den API-Schlüssel der Praxis {practice} an.",
    en="Lexware accepts the API key of practice {practice}.",
)
OF_PRACTICE = Text(de="Praxis {practice}: {words}", en="Practice {practice}: {words}")
STRANGER = Text(
    de="Der API-Schlüssel gehört zu einem anderen Unternehmen in Lexware als dem bekannten. Den richtigen mit `lexrelay practice "
    "connect` hinterlegen, oder es mit --new-organisation wiederholen.",
    en="The API key belongs to another Lexware organisation than the one that is known. Give the right key to `lexrelay "
    "practice connect`, or repeat it with --new-organisation.",
)
COOLING = Text(
    de="Nicht gefragt: die Praxis kühlt noch {seconds} s ab.", en="Not asked: the practice cools down for {seconds} s."
)
NOT_ASKED = Text(
    de="{count} weitere Praxen wurden nicht gefragt: Lexware antwortet nicht.",
    en="{count} more practices were not asked: Lexware does not answer.",
)
AGAIN = Text(de="Bitte später noch einmal prüfen.", en="Check again later.")
