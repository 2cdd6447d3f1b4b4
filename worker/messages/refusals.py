"""What the floors below refuse in English (the environment, the schema, a migration), in German for whoever reads that.

They know no languages, so each sentence is recognised by its form; one that is not known stays as it is.
"""

import re

from worker.messages import Lang

_GERMAN: tuple[tuple[str, str], ...] = (
    # the environment
    (r"(\S+) is not set\. Give it as (.+)\.", r"\1 ist nicht gesetzt. Anzugeben als \2."),
    (r"(\S+) is not set\. Make a key with (.+)\.", r"\1 ist nicht gesetzt. Einen Schlüssel macht \2."),
    (r"(\S+): key (\d+) is not a Fernet key\. Make one with (.+)\.", r"\1: Schlüssel \2 ist kein Fernet-Schlüssel. Einen macht \3."),
    (r"(\S+) and (\S+) are both set; keep one\.", r"\1 und \2 sind beide gesetzt; bitte nur eines."),
    (r"(\S+) cannot be read \((\w+)\)\.", r"\1 lässt sich nicht lesen (\2)."),
    (r"(\S+) names an empty file\.", r"\1 nennt eine leere Datei."),
    (r"(\S+) must be one of (.+)\.", r"\1 muss eines sein von \2."),
    (r"(\S+): its option (\S+) must be one of (.+)\.", r"\1: die Option \2 muss eines sein von \3."),
    (r"(\S+): its option (\S+) must be a number\.", r"\1: die Option \2 muss eine Zahl sein."),
    (r"(\S+) must be a port number, or 0 for off\.", r"\1 muss eine Portnummer sein, oder 0 für aus."),
    (r"(\S+) must be a number from (\S+) to (\S+)\.", r"\1 muss eine Zahl von \2 bis \3 sein."),
    (r"(\S+) must be durations like (.+)\.", r"\1 muss aus Zeiten bestehen wie \2."),
    (r"(\S+) must be at least (\S+) \+ the send window \((\S+) s, a quarter of (\S+), at most 5\) \+ 1\.",
     r"\1 muss mindestens \2 + Sendefenster (\3 s, ein Viertel von \4, höchstens 5) + 1 sein."),
    (r"(\S+) must be at least (\S+)\.", r"\1 muss mindestens \2 sein."),
    (r"(\S+) cannot be read: a % that encodes nothing, or an option that PostgreSQL does not know\.(.*)",
     r"\1 lässt sich nicht lesen: ein % ohne Zeichen dahinter, oder eine Option, die PostgreSQL nicht kennt.\2"),
    (r"(\S+) has a % that encodes nothing\.(.*)", r"In \1 steht ein % ohne Zeichen dahinter.\2"),
    (r"(\S+) has an @ too many\.(.*)", r"In \1 ist ein @ zu viel.\2"),
    (r"(\S+) has something that is no port number after the host\.(.*)", r"In \1 steht nach dem Host etwas, das keine Portnummer ist.\2"),
    (r"(\S+) has something that is no port number or host\.(.*)", r"In \1 steht etwas, das weder Host noch Portnummer ist.\2"),
    (r"(\S+) has something that is no name of a host\.(.*)", r"In \1 steht etwas, das kein Name eines Hosts ist.\2"),
    (r"(\S+) has a # in it\.(.*)", r"In \1 steht ein #.\2"),
    (r"(\S+) must end with the Sentinels' name of the service and the number of a database, like /mymaster/0\.",
     r"\1 muss mit dem Namen des Dienstes bei den Sentinels und der Nummer einer Datenbank enden, wie /mymaster/0."),
    (r"(\S+) must end with the number of a database, like /0\.(.*)", r"\1 muss mit der Nummer einer Datenbank enden, wie /0.\2"),
    (r"(\S+) has an option that the Redis client does not know, or a wrong value for one\.(.*)",
     r"\1 hat eine Option, die der Redis-Client nicht kennt, oder einen falschen Wert.\2"),
    (r"(\S+) must use https; plain http goes only to this machine \(or with (\S+)\)\.",
     r"\1 muss https verwenden; http geht nur zu diesem Rechner (oder mit \2)."),
    (r"(\S+) must end before the version of the interface: without /v1\.", r"\1 muss vor der Version der Schnittstelle enden: ohne /v1."),
    (r"(\S+) must be the host alone, like (\S+)\.", r"\1 muss der Host allein sein, wie \2."),
    (r"(\S+) must be an address like (\S+)\.(.*)", r"\1 muss eine Adresse sein wie \2.\3"),
    (r"(\S+) must not name a user or a password\.", r"\1 darf weder Benutzer noch Passwort nennen."),
    (r"(\S+) must have neither \? nor # in it\.", r"\1 darf weder ? noch # enthalten."),
    (r"(\S+) must begin with http://: lexrelay speaks neither TLS nor SOCKS with a proxy itself\.",
     r"\1 muss mit http:// beginnen: lexrelay spricht mit einem Proxy selbst weder TLS noch SOCKS."),
    (r"(\S+) must be a host and a port alone\.(.*)", r"\1 muss aus Host und Port allein bestehen.\2"),
    (r"(\S+) must end after the port\.", r"\1 muss nach der Portnummer enden."),
    (r"(\S+) must be a host alone, without a path\.", r"\1 muss ein Host allein sein, ohne Pfad."),
    (r"(\S+) must be addresses like (\S+), with commas between\.", r"\1 muss aus Adressen bestehen wie \2, mit Kommas dazwischen."),
    (r"(\S+) must be addresses like (\S+), or self\.", r"\1 muss aus Adressen bestehen wie \2, oder self."),
    (r"(\S+) must be addresses or networks like (\S+) or (\S+)\.", r"\1 muss aus Adressen oder Netzen bestehen wie \2 oder \3."),
    (r"(\S+) must begin with (\S+)\.", r"\1 muss mit \2 beginnen."),
    (r"(\S+) has a blank in it, or a character that cannot be seen\.", r"In \1 steht ein Leerzeichen oder ein unsichtbares Zeichen."),
    # the session
    (r"A setting that lexrelay depends on is fixed to something else \((.+)\)\. Take it from the database or the role with `alter … reset`\.",
     r"Eine Einstellung, auf die lexrelay baut, ist anders festgelegt (\1). Bitte mit `alter … reset` von Datenbank oder Rolle nehmen."),
    # schema and migrations
    (r"The database has schema (\d+), this program needs (\d+)\. Run `lexrelay migrate`\.",
     r"Die Datenbank hat Schema \1, dieses Programm braucht \2. Bitte `lexrelay migrate` ausführen."),
    (r"The database has moved on to schema (\d+)\. Install a newer lexrelay\.",
     r"Die Datenbank ist schon bei Schema \1. Bitte ein neueres lexrelay installieren."),
    (r"This database was restored or cloned: it is not where it was\..*",
     ("Diese Datenbank wurde zurückgesichert oder kopiert: sie ist nicht mehr, wo sie war. Was in ihr wartet, kann schon in Lexware "
      "sein. Bitte `lexrelay migrate --after-restore` ausführen, dann `lexrelay practice resume` für jede Praxis, die weitermachen darf.")),
    (r"This database has been seen on another server at the same time, .*",
     ("Diese Datenbank wurde zugleich auf einem anderen Server gesehen, oder weiter, als sie ist: sie ist eine Kopie der Dateien des "
      "Servers oder ein älterer Stand davon, oder es gibt so etwas. Was in ihr wartet, kann schon in Lexware sein. Bitte die Kopie "
      "anhalten; dann dort, wo lexrelay weiterlaufen soll, `lexrelay migrate --after-restore` ausführen und `lexrelay practice resume` "
      "für jede Praxis, die weitermachen darf.")),
    (r"(\S+) was applied and has changed since\. Restore the file it was\.",
     r"\1 wurde angewendet und seither geändert. Bitte die Datei wiederherstellen, wie sie war."),
    (r"A table was locked the whole time, by a vacuum or a long transaction: .*",
     ("Eine Tabelle war die ganze Zeit gesperrt, durch ein Vacuum oder eine lange Transaktion: pg_stat_activity zeigt, durch welche. Was "
      "nicht angewendet ist, hat nichts hinterlassen. Bitte `lexrelay migrate` später noch einmal ausführen.")),
    (r"The database's encoding is (\S+), in which nobody knows what a letter is\. Make it anew in UTF8\.",
     r"Die Datenbank ist in \1, worin niemand weiß, was ein Buchstabe ist. Bitte in UTF8 neu anlegen."),
)  # fmt: skip
_ENCODE = (
    "In a user name or password write % as", "In Benutzername oder Passwort schreiben Sie % als",
)  # fmt: skip


def said_in(english: str, lang: Lang) -> str:
    """The refusal in this language, line by line."""
    return "\n".join(map(_german, english.split("\n"))) if lang == "de" else english


def _german(line: str) -> str:
    for form, german in _GERMAN:
        if found := re.fullmatch(form, line):
            told = found.expand(german).replace(*_ENCODE)
            head, sign, rest = told.partition(_ENCODE[1])
            return f"{head}{sign}{rest.replace(' as ', ' als ')}"
    return line
