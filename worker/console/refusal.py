"""Why a page is not shown, and what then stands above the sentence that says so."""

from http import HTTPStatus

from worker.messages import Sentence, Text
from worker.messages import console as words

_HEADINGS = {
    HTTPStatus.OK: words.LEFT_HEADING,
    HTTPStatus.UNAUTHORIZED: words.COME_IN_HEADING,
    HTTPStatus.GONE: words.EXPIRED_HEADING,
    HTTPStatus.SERVICE_UNAVAILABLE: words.AWAY_HEADING,
}


class Refusal(Exception):
    """The page is not shown: its status, and why in a sentence."""

    def __init__(self, status: HTTPStatus, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.status, self.sentence = status, sentence


def heading(status: HTTPStatus) -> Text:
    """What stands above the reason."""
    return _HEADINGS.get(status, words.REFUSED)
