"""What is the matter with PostgreSQL, and what to do: a sentence and a step for every sort of trouble."""

from typing import NamedTuple

from outbox.trouble import Trouble
from worker.messages import Sentence, Text


class Words(NamedTuple):
    """How it is, and what to do."""

    told: Text
    step: Text


_RUNNING = Text(de="Läuft es, und stimmt DATABASE_URL?", en="Is it running, and is DATABASE_URL right?")
_LATER = Text(de="Bitte gleich noch einmal versuchen.", en="Try again in a moment.")
_PRIMARY = Text(
    de="DATABASE_URL muss den Server nennen, auf dem geschrieben wird.",
    en="Let DATABASE_URL name the server that is written to.",
)
WORDS: dict[Trouble, Words] = {
    "away": Words(
        Text(de="PostgreSQL antwortet nicht ({where}).", en="PostgreSQL does not answer ({where})."), _RUNNING
    ),
    "no_answer": Words(
        Text(de="PostgreSQL antwortet nicht ({where}).", en="PostgreSQL does not answer ({where})."), _RUNNING
    ),
    "lost": Words(
        Text(de="Die Verbindung zu PostgreSQL ist abgebrochen.", en="The connection to PostgreSQL broke."), _LATER
    ),
    "unknown_host": Words(
        Text(de="Den Rechner {host} kennt niemand.", en="Nobody knows the host {host}."),
        Text(de="Stimmt DATABASE_URL, und geht die Namensauflösung?", en="Is DATABASE_URL right, and does DNS work?"),
    ),
    "password": Words(
        Text(
            de="PostgreSQL weist das Passwort von {user} ab ({where}).",
            en="PostgreSQL refuses the password of {user} ({where}).",
        ),
        Text(
            de="Das Passwort in DATABASE_URL berichtigen; Sonderzeichen darin als %-Code schreiben.",
            en="Put the password in DATABASE_URL right; write special characters in it as %-codes.",
        ),
    ),
    "no_role": Words(
        Text(de="Den Zugang {user} gibt es nicht ({where}).", en="There is no login {user} ({where})."),
        Text(de="Den Benutzer in DATABASE_URL berichtigen.", en="Put the user in DATABASE_URL right."),
    ),
    "no_database": Words(
        Text(de="Die Datenbank {database} gibt es nicht ({where}).", en="There is no database {database} ({where})."),
        Text(de="Den Namen am Ende von DATABASE_URL berichtigen.", en="Put the name at the end of DATABASE_URL right."),
    ),
    "not_allowed": Words(
        Text(
            de="PostgreSQL lässt {user} von hier aus nicht herein ({where}).",
            en="PostgreSQL does not let {user} in from here ({where}).",
        ),
        Text(
            de="Auf dem Server erlauben: in pg_hba.conf, mit `alter role … login` und mit `grant connect on database …`.",
            en="Allow it on the server: in pg_hba.conf, with `alter role … login` and with `grant connect on database …`.",
        ),
    ),
    "too_many": Words(
        Text(de="PostgreSQL nimmt keine Verbindung mehr an.", en="PostgreSQL takes no more connections."),
        Text(
            de="In pg_stat_activity nachsehen, wer sie hält; sonst max_connections erhöhen.",
            en="See in pg_stat_activity who holds them; else raise max_connections.",
        ),
    ),
    "starting": Words(
        Text(de="PostgreSQL fährt gerade hoch ({where}).", en="PostgreSQL is starting up ({where})."), _LATER
    ),
    "stopping": Words(
        Text(de="PostgreSQL fährt gerade herunter ({where}).", en="PostgreSQL is shutting down ({where})."), _LATER
    ),
    "tls": Words(
        Text(de="PostgreSQL verlangt TLS ({where}).", en="PostgreSQL demands TLS ({where})."),
        Text(de="sslmode=require an DATABASE_URL anhängen.", en="Add sslmode=require to DATABASE_URL."),
    ),
    "certificate": Words(
        Text(de="Mit PostgreSQL kommt kein TLS zustande ({where}).", en="TLS with PostgreSQL fails ({where})."),
        Text(
            de="Das Zertifikat des Servers prüfen, und sslmode und sslrootcert in DATABASE_URL.",
            en="Check the server's certificate, and sslmode and sslrootcert in DATABASE_URL.",
        ),
    ),
    "no_tls": Words(
        Text(
            de="Mit PostgreSQL kommt kein TLS zustande ({where}): der Server spricht keines, und DATABASE_URL verlangt es (sslmode).",
            en="TLS with PostgreSQL fails ({where}): the server speaks none, and DATABASE_URL asks for it (sslmode).",
        ),
        Text(
            de="Auf dem Server `ssl = on` setzen, oder sslmode aus DATABASE_URL nehmen.",
            en="Set `ssl = on` on the server, or take sslmode out of DATABASE_URL.",
        ),
    ),
    "no_target": Words(
        Text(
            de="Kein Server in DATABASE_URL hat den Zustand, den target_session_attrs verlangt.",
            en="No server in DATABASE_URL is in the state that target_session_attrs asks for.",
        ),
        _PRIMARY,
    ),
    "standby": Words(
        Text(
            de="Das ist ein Standby-Server, auf dem nur gelesen wird ({where}).",
            en="This is a standby server, which only reads ({where}).",
        ),
        _PRIMARY,
    ),
    "read_only": Words(
        Text(de="Die Datenbank lässt sich nur lesen.", en="The database is read-only."),
        Text(
            de="default_transaction_read_only zurücknehmen, oder DATABASE_URL auf den Server richten, auf dem geschrieben wird.",
            en="Reset default_transaction_read_only, or let DATABASE_URL name the server that is written to.",
        ),
    ),
    "full": Words(
        Text(de="Auf dem Datenträger von PostgreSQL ist kein Platz mehr.", en="PostgreSQL's disk is full."),
        Text(de="Auf dem Server Platz schaffen.", en="Make room on the server."),
    ),
    "privilege": Words(
        Text(de="Diesem Zugang fehlt ein Recht in der Datenbank.", en="This login lacks a right in the database."),
        Text(
            de="migrate braucht den Zugang des Eigentümers; alle anderen eine der Rollen lexrelay_worker, lexrelay_daemon (Dienst), lexrelay_operator (Befehle).",
            en="migrate needs an owner's login; all others one of the roles lexrelay_worker, lexrelay_daemon (daemon), lexrelay_operator (commands).",
        ),
    ),
    "pooler": Words(
        Text(
            de="Ein Pooler vor PostgreSQL nimmt nicht, was eine Sitzung braucht.",
            en="A pooler before PostgreSQL does not take what a session needs.",
        ),
        Text(
            de="LEXRELAY_DIRECT_DATABASE_URL muss PostgreSQL selbst nennen.",
            en="Let LEXRELAY_DIRECT_DATABASE_URL name PostgreSQL itself.",
        ),
    ),
    "setting": Words(
        Text(
            de="Eine Einstellung von Datenbank, Rolle oder Umgebung lässt niemanden herein ({where}).",
            en="A setting of the database, the role or the environment lets nobody in ({where}).",
        ),
        Text(
            de="Das Log von PostgreSQL nennt sie; mit `alter database … reset` oder `alter role … reset` zurücknehmen, oder die Variable PG… oder die Option in DATABASE_URL berichtigen.",
            en="PostgreSQL's log names it; take it back with `alter database … reset` or `alter role … reset`, or put the variable PG… or the option in DATABASE_URL right.",
        ),
    ),
    "encoding": Words(
        Text(
            de="Die Zeichenkodierung der Datenbank lässt sich nicht in UTF-8 umwandeln.",
            en="The database's encoding cannot be turned into UTF-8.",
        ),
        Text(de="Bitte die Datenbank in UTF8 neu anlegen.", en="Make the database anew in UTF8."),
    ),
}

NO_COPY = Text(
    de="Niemand hat diese Datenbank weiter gesehen, als sie ist, oder zugleich auf einem anderen Server.",
    en="Nobody has seen this database further on than it is, or on another server at the same time.",
)
COPY = Text(
    de="Diese Datenbank wurde weiter gesehen, als sie ist, oder zugleich auf einem anderen Server: sie ist eine Kopie der Dateien "
    "des Servers oder ein älterer Stand davon, oder es gibt so etwas.",
    en="This database has been seen further on than it is, or on another server at the same time: it is a copy of the server's "
    "files or an older state of them, or there is one.",
)
COPY_STEP = Text(
    de="Die Kopie anhalten; dann dort, wo lexrelay weiterlaufen soll, `lexrelay migrate --after-restore` und `lexrelay practice "
    "resume` für jede Praxis, die weitermachen darf.",
    en="Stop the copy; then, where lexrelay is to go on, run `lexrelay migrate --after-restore`, and `lexrelay practice resume` "
    "for each practice that may go on.",
)


def sentences(sort: Trouble, at: dict[str, str]) -> tuple[Sentence, Sentence]:
    """How it is and what to do, for a place that `outbox.trouble.place` told."""
    where = f"{at['host']}:{at['port']}" if at["port"] else at["host"] or "DATABASE_URL"
    told, step = WORDS[sort]
    return told(where=where, **{name: at[name] or "?" for name in ("user", "host", "database")}), step()
