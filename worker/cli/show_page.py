"""The story of one document as a page for people: its timeline, its place in Lexware, what happens next and when."""

import click

from worker.cli.language import Voice
from worker.cli.output import put
from worker.messages import glossary
from worker.messages import story as words
from worker.messages.timeline import moments
from worker.operations.story import DocumentStory
from worker.operations.story_told import in_lexware, what_next


def show_story(story: DocumentStory, say: Voice) -> None:
    """Print the page."""
    event = story.story.event
    title = words.TITLE(
        kind=glossary.KINDS[event["kind"]](), number=event["number"], practice=event["practice_id"],
        state=glossary.STATES[event["state"]](),
    )  # fmt: skip
    say(words.REASON(title=title, reason=story.reason) if story.reason and story.reason != event["state"] else title)
    click.echo()
    for at, sentence in moments(story.story, say.lang):
        put(f"{say.second(at)}  {say.words(sentence)}")
    click.echo()
    say(*in_lexware(story), *what_next(story, say.lang))
