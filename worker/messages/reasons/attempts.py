"""How an attempt ended, to be read aloud: why it was put off, what it found out, and what is being waited for."""

from collections.abc import Mapping

from worker.messages import Text

OUTCOMES: Mapping[str, Text] = {
    "delivered": Text(de="In Lexware angekommen.", en="Arrived in Lexware."),
    "needs_contact": Text(de="Zuerst braucht es den Kontakt in Lexware.", en="The contact in Lexware is needed first."),
    "retry": Text(de="Gescheitert, wird wiederholt.", en="Failed, will be tried again."),
    "snooze": Text(de="Zurückgestellt, ohne als Versuch zu zählen.", en="Put off, not counted as a try."),
    "dead": Text(de="Aufgegeben: ein Mensch muss handeln.", en="Given up: a human must act."),
    "not_needed": Text(de="Nicht mehr nötig.", en="No longer needed."),
    "crashed": Text(de="Der bearbeitende Prozess ist gestorben.", en="The process that worked on it died."),
    "lost": Text(de="Zu spät: ein anderer Prozess hatte übernommen.", en="Too late: another process had taken over."),
}

REASONS: Mapping[str, Text] = {
    "in_doubt": Text(
        de="Gesendet, aber ohne lesbare Antwort: nun wird in Lexware nachgesehen, ob es ankam.",
        en="Sent, but without a readable answer: Lexware is now looked up for whether it arrived.",
    ),
    "absent_once": Text(
        de="In Lexware nicht gefunden; erst ein zweiter Blick später beweist es.",
        en="Not found in Lexware; only a second look, later, proves it.",
    ),
    "absent_proven": Text(
        de="Zweimal in Lexware nicht gefunden: es kam nicht an und darf noch einmal gesendet werden.",
        en="Twice not found in Lexware: it did not arrive and may be sent again.",
    ),
    "absent_again": Text(
        de="Nach der Wiederholung noch einmal nachgesehen: weiterhin nicht in Lexware.",
        en="Looked up once more after the replay: still not in Lexware.",
    ),
    "look_failed": Text(
        de="Das Nachsehen in Lexware ist gescheitert und beweist nichts.",
        en="Looking it up in Lexware failed and proves nothing.",
    ),
    "sender_alive": Text(
        de="Der Prozess, der senden wollte, lebt noch und antwortet nicht; solange zählt kein Nachsehen.",
        en="The process that was to send is alive and does not move; until then no look counts.",
    ),
    "rate_limited": Text(
        de="Lexware sind es gerade zu viele Anfragen; die Praxis pausiert kurz.",
        en="Lexware has too many calls at the moment; the practice pauses briefly.",
    ),
    "key_refused": Text(
        de="Lexware nahm den API-Schlüssel nicht an; gleich wird gefragt, ob er wirklich ungültig ist.",
        en="Lexware did not accept the API key; it is asked soon whether it is really invalid.",
    ),
    "key_unreadable": Text(
        de="Der gespeicherte API-Schlüssel lässt sich nicht entschlüsseln: LEXRELAY_SECRET_KEYS prüfen.",
        en="The stored API key cannot be decrypted: check LEXRELAY_SECRET_KEYS.",
    ),
    "KeyUnreadable": Text(
        de="Der gespeicherte API-Schlüssel lässt sich nicht entschlüsseln: LEXRELAY_SECRET_KEYS prüfen.",
        en="The stored API key cannot be decrypted: check LEXRELAY_SECRET_KEYS.",
    ),
    "NotConnected": Text(
        de="Die Praxis ist nicht (mehr) mit Lexware verbunden.",
        en="The practice is not connected with Lexware (any more).",
    ),
    "plan_too_small": Text(
        de="Der Lexware-Vertrag der Praxis reicht nicht; die Praxis ist angehalten.",
        en="The practice's Lexware contract does not suffice; the practice is paused.",
    ),
    "permission_missing": Text(
        de="Dem API-Schlüssel fehlt eine Berechtigung; die Praxis ist angehalten.",
        en="The API key lacks a permission; the practice is paused.",
    ),
    "other_organisation": Text(
        de="Hinter dem API-Schlüssel steht ein anderes Unternehmen; die Praxis ist angehalten.",
        en="Behind the API key is another company; the practice is paused.",
    ),
    "not_reached": Text(
        de="Lexware war nicht zu erreichen; es wurde nichts gesendet.",
        en="Lexware could not be reached; nothing was sent.",
    ),
    "no_answer": Text(
        de="Lexware hat auf eine Anfrage nicht lesbar geantwortet; gesendet wurde kein Beleg.",
        en="Lexware gave no readable answer to a question; no document was sent.",
    ),
    "truncated": Text(
        de="Eine Liste in Lexware war länger, als sie gelesen werden kann, oder änderte sich dabei; gesendet wurde nichts.",
        en="A list in Lexware was longer than can be read, or changed meanwhile; nothing was sent.",
    ),
    "too_late_to_send": Text(
        de="Der Augenblick zum Senden war verpasst; es wurde nichts gesendet.",
        en="The moment to send had passed; nothing was sent.",
    ),
    "may_not_send": Text(
        de="Das Senden war gerade nicht erlaubt (angehalten, oder schon in Arbeit); es wurde nichts gesendet.",
        en="Sending was not allowed just then (paused, or already in work); nothing was sent.",
    ),
    "draining": Text(
        de="Der Prozess wurde gerade beendet; es wurde nichts gesendet.",
        en="The process was about to end; nothing was sent.",
    ),
    "contact_ready": Text(de="Der Kontakt steht, der Beleg folgt.", en="The contact is there, the document follows."),
    "contact_not_ready": Text(
        de="Lexware kennt den gerade angelegten Kontakt noch nicht; gleich noch einmal.",
        en="Lexware does not know the new contact yet; again in a moment.",
    ),
    "account_number_race": Text(
        de="Lexware wollte eine Kundennummer zweimal vergeben; gleich noch einmal.",
        en="Lexware was about to give a customer number twice; again in a moment.",
    ),
    "original_expected": Text(
        de="Die stornierte Rechnung wird gleich selbst übertragen; das Storno wartet darauf.",
        en="The cancelled invoice is about to be brought over itself; the cancellation waits for it.",
    ),
    "original_missing": Text(
        de="Die stornierte Rechnung war in Lexware nicht zu finden; gleich wird noch einmal nachgesehen.",
        en="The cancelled invoice was not found in Lexware; it is looked up once more soon.",
    ),
    "link_refused": Text(
        de="Lexware wollte das Storno nicht mit der Rechnung verknüpfen; es geht ohne Verknüpfung.",
        en="Lexware would not link the cancellation with the invoice; it goes without a link.",
    ),
    "worker_died": Text(de="Der bearbeitende Prozess ist gestorben.", en="The process that worked on it died."),
    "database_lost": Text(
        de="Die Datenbank war mitten im Versuch nicht zu erreichen; es geht gleich weiter.",
        en="The database could not be reached in the middle of the attempt; it goes on in a moment.",
    ),
    "unexpected": Text(
        de="Ein unerwarteter Fehler in lexrelay; das Protokoll nennt die Stelle.",
        en="An unexpected error in lexrelay; the log names the place.",
    ),
    "outage": Text(
        de="Lexware antwortet gerade niemandem; es wird nur ab und zu angeklopft, kein Versuch wird verbraucht.",
        en="Lexware answers nobody at the moment; it is only probed now and then, no try is used up.",
    ),
    "payer_merged": Text(
        de="Der Beleg gehört jetzt einem anderen Kunden der Praxis; er geht an dessen Kontakt.",
        en="The document belongs to another customer of the practice now; it goes to that one's contact.",
    ),
    "payer_changed": Text(
        de="Der Empfänger heißt seither anders, darum beweist ein leeres Suchergebnis nichts.",
        en="The addressee has had another name since, so an empty search proves nothing.",
    ),
    "restored": Text(
        de="Die Datenbank stammt aus einer Sicherung: was danach gesendet wurde, weiß sie nicht.",
        en="The database comes from a backup: what was sent after it was made is not known here.",
    ),
}
