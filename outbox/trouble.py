"""Which trouble with PostgreSQL an error means: the server is away, or there and in a state that lets nobody work.

After a connection stands, SQLSTATE says it. Before, libpq gives only the server's own words, in the server's language:
known phrases of it, in English and German, decide. The words themselves are never passed on.
"""

import re
from typing import Literal

import psycopg
from psycopg.conninfo import conninfo_to_dict

_PARTS = {"user": "user", "host": "host", "port": "port", "database": "dbname"}
Trouble = Literal[
    "away", "no_answer", "password", "no_role", "no_database", "not_allowed", "too_many", "starting", "stopping", "tls", "no_tls",
    "unknown_host", "read_only", "standby", "no_target", "full", "lost", "privilege", "pooler", "encoding", "certificate",
    "setting",
]  # fmt: skip
"""What can be told apart; `away`: nobody listens, `no_answer`: somebody who is not PostgreSQL, or a network in between."""

_STATES: dict[str, Trouble] = {
    "25006": "read_only", "28P01": "password", "28000": "not_allowed", "3D000": "no_database", "42501": "privilege",
    "53300": "too_many", "53100": "full", "57P01": "stopping", "57P02": "stopping", "57P03": "starting", "08P01": "pooler",
    "57P05": "setting", "25P03": "setting", "25P04": "setting",
}  # fmt: skip
_PHRASES: tuple[tuple[str, Trouble], ...] = (
    ((r"password authentication failed|Passwort-Authentifizierung|no password supplied|kein Passwort angegeben|"
     r"SASL authentication failed|wrong password|authentication failed"), "password"),
    ((r"no pg_hba\.conf entry.*no encryption|no pg_hba\.conf entry.*SSL off|kein pg_hba\.conf-Eintrag.*keine Verschl|"
     r"SSL required|requires SSL|server requires TLS"), "tls"),
    ((r"no pg_hba\.conf entry|pg_hba\.conf rejects|kein pg_hba\.conf-Eintrag|not permitted to log in|darf sich nicht|"
     r"permission denied for database|keine Berechtigung für Datenbank|not currently accepting connections|akzeptiert gerade keine Verb"),
     "not_allowed"),
    ((r"FATAL: .*could not (access|load|open|stat) |FATAL: .*konnte .*(zugreifen|laden|öffnen)|invalid value for parameter|"
      r"ungültiger Wert für Parameter|unrecognized configuration parameter|unbekannter Konfigurationsparameter|"
      r"permission denied to set parameter|keine Berechtigung, um Parameter|invalid .?\w+.? value:|weak sslmode|"
      r"channel binding (is )?required|GSSAPI encryption required"), "setting"),
    (r"role .* does not exist|Rolle .* existiert nicht|no such user", "no_role"),
    (r"database .* does not exist|Datenbank .* existiert nicht|no such database", "no_database"),
    ((r"too many (clients|connections)|connection slots are reserved|no more connections|zu viele Verbindungen|"
     r"Verbindungsslots|Verbindungen .* reserviert|max_client_conn"), "too_many"),
    (r"starting up|not yet accepting|recovery mode|startet gerade|Wiederherstellungsmodus|consistent recovery state", "starting"),
    (r"shutting down|fährt gerade herunter|wird heruntergefahren", "stopping"),
    (r"server does not support SSL|Server unterst.* kein SSL", "no_tls"),
    (r"certificate|SSL error|SSL-Fehler", "certificate"),
    (r"read-write|session is read-only|server is in hot standby|not in hot standby", "no_target"),
    (r"could not translate host name|Name or service not known|nodename nor servname|resolve host|name resolution", "unknown_host"),
    (r"unsupported startup parameter|prepared statement .* (does not|already) exist", "pooler"),
    (r"conversion between .* not supported|Umwandlung zwischen .* nicht unterst", "encoding"),
    (r"No space left|kein Platz", "full"),
    ((r"Connection refused|Verbindungsaufbau abgelehnt|No such file or directory|Datei oder Verzeichnis nicht gefunden|"
     r"No route to host|Network is unreachable"), "away"),
    (r"timeout expired|timed out|server closed the connection|Zeitlimit", "no_answer"),
)  # fmt: skip


def trouble(error: psycopg.Error) -> Trouble:
    """The sort of trouble; `lost` for a connection that broke while it was used, `no_answer` when nothing is known."""
    if error.sqlstate:
        return _STATES.get(error.sqlstate, "lost")
    words = str(error)
    for phrase, meant in _PHRASES:
        if re.search(phrase, words, re.IGNORECASE | re.DOTALL):
            return meant
    return "lost" if error.pgconn is None else "no_answer"


def place(url: str) -> dict[str, str]:
    """Who is to connect where: user, host, port and database, no password; empty texts for what an address leaves out."""
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except psycopg.Error:
        parts = {}
    return {name: parts.get(key, "") for name, key in _PARTS.items()}
