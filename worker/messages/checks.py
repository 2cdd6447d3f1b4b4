"""What `lexrelay check` says about dependencies and settings: how something is, and what to do if it is not well."""

from worker.messages import Text

AS_IT_IS = Text(de="{words}", en="{words}")
"""What has only one language: a statement of SQL, a program's own complaint."""
LEVELS = {
    "ok": Text(de="gut", en="ok"),
    "warning": Text(de="Warnung", en="warning"),
    "failure": Text(de="Fehler", en="failure"),
}
NAMES = {
    "pace": Text(de="Tempo", en="pace"),
    "proxy": Text(de="Proxy", en="proxy"),
    "key files": Text(de="Schlüsseldateien", en="key files"),
    "encryption": Text(de="Verschlüsselung", en="encryption"),
    "redis": Text(de="Redis", en="redis"),
    "dead messages": Text(de="entkommene Nachrichten", en="dead messages"),
    "dramatiq": Text(de="Dramatiq", en="dramatiq"),
    "database": Text(de="Datenbank", en="database"),
    "schema": Text(de="Schema", en="schema"),
    "copies": Text(de="Kopien", en="copies"),
    "session locks": Text(de="Sperren der Sitzung", en="session locks"),
    "pooler": Text(de="Pooler", en="pooler"),
    "contract": Text(de="Vertrag", en="contract"),
    "privacy": Text(de="Datenschutz", en="privacy"),
    "trigger": Text(de="Auslöser", en="trigger"),
    "answers": Text(de="Antworten", en="answers"),
    "landing": Text(de="Eingang", en="landing"),
    "changes": Text(de="Änderungen", en="changes"),
    "role": Text(de="Rolle", en="role"),
    "rights": Text(de="Rechte", en="rights"),
    "processes": Text(de="Prozesse", en="processes"),
    "key age": Text(de="Alter der Schlüssel", en="key age"),
    "secret keys": Text(de="geheime Schlüssel", en="secret keys"),
    "lexware": Text(de="Lexware", en="lexware"),
    "transactions": Text(de="Transaktionen", en="transactions"),
    "alarms": Text(de="Alarme", en="alarms"),
    "poller gone": Text(de="Poller fehlt", en="poller gone"),
    "workers gone": Text(de="Arbeiter fehlen", en="workers gone"),
    "outage": Text(de="Ausfall", en="outage"),
    "pending too long": Text(de="wartet zu lange", en="pending too long"),
    "practice paused": Text(de="Praxis angehalten", en="practice paused"),
    "silence": Text(de="Stille", en="silence"),
    "new dead letters": Text(de="neu aufgegeben", en="new dead letters"),
}
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
PROXY = Text(
    de="Anfragen an Lexware gehen durch den Proxy {host}:{port}.",
    en="Calls to Lexware go through the proxy {host}:{port}.",
)
OPEN_FILE = Text(
    de="Die Datei in {variable} können andere auf diesem Rechner lesen oder ändern (Rechte {mode}).",
    en="Others on this machine can read or change the file in {variable} (mode {mode}).",
)
OPEN_FILE_STEP = Text(de="chmod 600, und dem Dienst übereignen.", en="chmod 600, and let the service own it.")
NO_TLS = Text(
    de="Der Weg zu {what} auf {host} ist nicht verschlüsselt.", en="The way to {what} on {host} is not encrypted."
)
NOT_TOLD = Text(
    de="Wo Redis ist, weiß dieser Prozess nicht: es wurde nicht geprüft.",
    en="This process does not know where Redis is: it was not checked.",
)
NOT_TOLD_STEP = Text(de="REDIS_URL auch hier setzen.", en="Set REDIS_URL here, too.")
REDIS_TLS_STEP = Text(de="Mit rediss:// in REDIS_URL.", en="Use rediss:// in REDIS_URL.")
DATABASE_TLS_STEP = Text(de="Mit sslmode=verify-full in DATABASE_URL.", en="Use sslmode=verify-full in DATABASE_URL.")
ESCAPED = Text(
    de="{count} Nachrichten sind einem Aktor entkommen; ihre Ereignisse sind in PostgreSQL sicher und kommen wieder.",
    en="{count} messages escaped from an actor; their events are safe in PostgreSQL and come again.",
    one=(
        "1 Nachricht ist einem Aktor entkommen; ihr Ereignis ist in PostgreSQL sicher und kommt wieder.",
        "1 message escaped from an actor; its event is safe in PostgreSQL and comes again.",
    ),
)
ESCAPED_STEP = Text(
    de="Bitte im Protokoll der Arbeitsprozesse nach delivery.failed sehen.",
    en="Look for delivery.failed in the workers' log.",
)
DRAMATIQ = Text(de="Dramatiq trägt Kennungen und tut sonst nichts.", en="Dramatiq carries ids and does nothing else.")
DRAMATIQ_STEP = Text(de="Bitte in worker/actors.py zurücksetzen.", en="Set it back in worker/actors.py.")

# The database

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
RIGHTS = Text(de="Der Zugang {login} darf, was die Arbeit braucht.", en="The login {login} may do what its work needs.")
OPEN_SCHEMA = Text(
    de="Jeder Zugang darf im Schema {schema} anlegen, was er will, auch Funktionen, in die andere hineinlaufen.",
    en="Every login may create what it likes in the schema {schema}, functions that others fall into among it.",
)
OPEN_SCHEMA_STEP = Text(
    de="Als Eigentümer: revoke create on schema {schema} from public;",
    en="As the owner: revoke create on schema {schema} from public;",
)
SUPERUSER = Text(
    de="{login} darf auf dem Datenbankserver alles (superuser).",
    en="{login} may do anything on the server (superuser).",
)
OWNER = Text(
    de="{login} gehören die Tabellen von lexrelay: gut für migrate, zu viel für den Alltag.",
    en="{login} owns the tables of lexrelay: right for migrate, too much for every day.",
)
OWN_LOGIN_STEP = Text(
    de="Eigene Zugänge anlegen: für den Dienst mit `grant lexrelay_daemon`, für die Befehle mit `grant lexrelay_operator`.",
    en="Make logins of their own: for the daemon with `grant lexrelay_daemon`, for commands with `grant lexrelay_operator`.",
)
LOCKS = Text(
    de="Eine Sperre der Sitzung hält, solange die Sitzung hält.",
    en="A session lock is held as long as its session.",
)
LOCKS_LOST = Text(
    de="Eine Sperre der Sitzung bleibt nicht: vor PostgreSQL steht ein Pooler im Transaktionsmodus.",
    en="A session lock does not stay: a pooler in transaction mode stands before PostgreSQL.",
)
LOCKS_LOST_STEP = Text(
    de="LEXRELAY_DIRECT_DATABASE_URL muss PostgreSQL selbst nennen (DATABASE_URL darf beim Pooler bleiben), oder der Pooler "
    "muss im Sitzungsmodus sein.",
    en="Let LEXRELAY_DIRECT_DATABASE_URL name PostgreSQL itself (DATABASE_URL may stay with the pooler), or set the pooler "
    "to session mode.",
)
NOT_HEARD = Text(
    de="NOTIFY kommt bei LISTEN nicht an: etwas zwischen uns und PostgreSQL lässt es nicht durch.",
    en="NOTIFY does not reach LISTEN: something between us and PostgreSQL does not let it through.",
)
POOLER = Text(
    de="Der Pooler trägt die Transaktionen der Arbeitsprozesse.", en="The pooler carries the workers' transactions."
)
POOLER_FAILS = Text(
    de="Der Pooler in DATABASE_URL trägt keine Transaktion ({error}).",
    en="The pooler in DATABASE_URL carries no transaction ({error}).",
)
POOLER_FAILS_STEP = Text(
    de="Läuft er, und stimmt DATABASE_URL? Sonst auch dort PostgreSQL selbst nennen.",
    en="Is it running, and is DATABASE_URL right? Else name PostgreSQL itself there, too.",
)
TRANSACTIONS = Text(de="Keine Transaktion ist schon lange offen.", en="No transaction has been open for long.")
TRANSACTIONS_HIDDEN = Text(
    de="Keine Transaktion ist schon lange offen. {count} Sitzungen sind für diesen Zugang nicht zu sehen.",
    en="No transaction has been open for long. {count} sessions are hidden from this login.",
    one=(
        "Keine Transaktion ist schon lange offen. 1 Sitzung ist für diesen Zugang nicht zu sehen.",
        "No transaction has been open for long. 1 session is hidden from this login.",
    ),
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
    de="{count} abgeschlossene Belege lassen sich nicht übernehmen ({cause}), zum Beispiel: {examples}.",
    en="{count} completed documents cannot be taken over ({cause}), for instance: {examples}.",
    one=(
        "1 abgeschlossener Beleg lässt sich nicht übernehmen ({cause}): {examples}.",
        "1 completed document cannot be taken over ({cause}): {examples}.",
    ),
)
UNLANDED_STEP = Text(
    de="Die Belege in der Praxissoftware oder deren document.sql berichtigen; das Sicherheitsnetz übernimmt sie dann.",
    en="Correct the documents in the practice software, or its document.sql; the safety net takes them over then.",
)
AS_SENT = Text(de="Was gesendet wurde, hat sich seither nicht geändert.", en="Nothing has changed since it was sent.")
CHANGED = Text(
    de="Beleg {document} von Praxis {practice} ist nicht mehr, was gesendet wurde: {what}.",
    en="Document {document} of practice {practice} is no longer what was sent: {what}.",
)
CHANGED_TOTAL = Text(de="Summe {sent}, jetzt {now}", en="total {sent}, now {now}")
CHANGED_NUMBER = Text(de="Nummer {sent}, jetzt {now}", en="number {sent}, now {now}")
CHANGED_KEY = Text(de="jetzt mit einem anderen Schlüssel", en="now with another key")
CHANGED_MORE = Text(
    de="{count} weitere Belege sind nicht mehr, was gesendet wurde.",
    en="{count} more documents are no longer what was sent.",
    one=("1 weiterer Beleg ist nicht mehr, was gesendet wurde.", "1 more document is no longer what was sent."),
)
CHANGED_STEP = Text(
    de="Ein Beleg geht nur einmal hinüber: in Lexware von Hand berichtigen, oder in der Praxissoftware stornieren und neu "
    "ausstellen. Ist es ein anderer Beleg unter dem Schlüssel eines gelöschten: er braucht einen eigenen Schlüssel.",
    en="A document goes over once only: correct it in Lexware by hand, or cancel it in the practice software and issue it "
    "anew. If it is another document under the key of a deleted one: it needs a key of its own.",
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
    one=(
        "LEXRELAY_SECRET_KEYS öffnet den hinterlegten API-Schlüssel.",
        "LEXRELAY_SECRET_KEYS opens the stored API key.",
    ),
)
KEY_CLOSED = Text(
    de="Keiner aus LEXRELAY_SECRET_KEYS öffnet den API-Schlüssel der Praxis {practice}.",
    en="None of LEXRELAY_SECRET_KEYS opens the API key of practice {practice}.",
)
KEY_CLOSED_STEP = Text(
    de="Den fehlenden dort ergänzen, oder den API-Schlüssel mit `lexrelay practice connect` neu hinterlegen.",
    en="Add the missing one there, or give the API key to `lexrelay practice connect` again.",
)
KEYS_UNBOUND = Text(
    de="Die API-Schlüssel der Praxen {practices} sagen noch nicht, wem sie gehören.",
    en="The API keys of practices {practices} do not yet say whose they are.",
)
KEYS_UNBOUND_STEP = Text(
    de="`lexrelay secrets rotate` ausführen, sobald jeder Prozess die neue Version hat.",
    en="Run `lexrelay secrets rotate` once every process has the new release.",
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
    one=(
        "1 weitere Praxis wurde nicht gefragt: Lexware antwortet nicht.",
        "1 more practice was not asked: Lexware does not answer.",
    ),
)
AGAIN = Text(de="Bitte später noch einmal prüfen.", en="Check again later.")
