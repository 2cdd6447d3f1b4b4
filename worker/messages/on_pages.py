"""What a step says where there are buttons instead of commands: the words of `reasons`, for whoever has no shell."""

import re
from collections.abc import Mapping, Sequence

from worker.messages import Lang

#: What a text for commands says, and what the page says instead; the longer ones first.
_INSTEAD: Mapping[Lang, Sequence[tuple[str, str]]] = {
    "de": (
        ("mit discard --remote-id nennen", "beim Schließen als Lexware-ID angeben"),
        ("mit discard --remote-id schließen", "als übernommen schließen (Lexware-ID angeben)"),
        ("discard --remote-id", "schließen und die Lexware-ID angeben"),
        ("mit discard schließen", "schließen"),
        ("mit replay --unlinked senden", "ohne Verknüpfung wiederholen"),
        ("replay --unlinked", "ohne Verknüpfung wiederholen"),
        ("replay, das zuerst noch einmal nachsieht", "wiederholen (es wird zuerst noch einmal nachgesehen)"),
        ("Ein replay", "Wiederholen"),
        ("replay, am besten mit --canary", "wiederholen, am besten mit Vorhut"),
        ("replay", "wiederholen"),
        ("Mit preview", "In der Vorschau (Einstellungen der Praxis)"),
        ("preview zeigt", "die Vorschau in den Einstellungen der Praxis zeigt"),
        ("status und check", "Übersicht und System"),
        ("contact link", "beim Kunden der Praxis"),
        ("mit practice confirm-note", "in den Einstellungen der Praxis"),
        ("Mit practice connect", "In den Einstellungen der Praxis"),
        ("mit practice connect", "in den Einstellungen der Praxis"),
        ("dann practice connect mit", "dann in den Einstellungen der Praxis verbinden, mit"),
        ("dann practice connect", "dann in den Einstellungen der Praxis hinterlegen"),
        ("practice connect", "Einstellungen der Praxis"),
        ("mit --new-organisation", "mit dem Haken für den Umzug"),
        ("history zeigt", "der Verlauf zeigt"),
        ("practice resume hebt", "„Fortsetzen“ in den Einstellungen der Praxis hebt"),
        ("practice enable --lines neutral", "Einstellungen der Praxis"),
        ("(backfill)", "(der Betrieb tut es)"),
    ),
    "en": (
        (" with discard --remote-id", " as adopted (give the Lexware id)"),
        ("name it with discard --remote-id", "give it as the Lexware id when you close this"),
        ("discard --remote-id", "close it and give the Lexware id"),
        (" with discard", ""),
        ("with replay --unlinked", "without a link"),
        ("replay --unlinked", "replay without a link"),
        ("best with --canary", "best with canaries"),
        ("with preview", "in the preview (settings of the practice)"),
        ("preview shows", "the preview in the settings of the practice shows"),
        ("status and check", "overview and system"),
        ("contact link", "at the customer of the practice"),
        ("with practice confirm-note", "in the settings of the practice"),
        ("with practice connect", "in the settings of the practice"),
        ("then practice connect with", "then connect in the settings of the practice, with"),
        ("then practice connect", "then store it in the settings of the practice"),
        ("practice connect", "settings of the practice"),
        ("with --new-organisation", "with the tick for the move"),
        ("history shows", "the history shows"),
        ("practice resume lifts", "“Go on” in the settings of the practice lifts"),
        ("practice enable --lines neutral", "settings of the practice"),
        ("(backfill)", "(whoever runs lexrelay does it)"),
    ),
}
_FOUND = {lang: re.compile("|".join(re.escape(old) for old, _ in pairs)) for lang, pairs in _INSTEAD.items()}


def on_pages(text: str, lang: Lang) -> str:
    """The same step, done with the buttons of the console."""
    new = dict(_INSTEAD[lang])
    told = _FOUND[lang].sub(lambda found: new[found[0]], text)
    return f"{told[:1].upper()}{told[1:]}"
