"""The closed list of kinds of pieces, each with what other vocabularies call it.

Sources: schema.org type hierarchy (CreativeWork); IPTC genre NewsCodes (cv.iptc.org/newscodes/genre).
"""

from enum import StrEnum
from typing import NamedTuple


class Verb(StrEnum):
    """What a reader does with a piece at its outlet."""

    READ = "Read"
    WATCH = "Watch"
    LISTEN = "Listen"


class Kind(StrEnum):
    """The value is the slug: it stands in the record, in URLs and in imports."""

    OP_ED = "op-ed"
    ARTICLE = "article"
    REPORT = "report"
    BRIEF = "brief"
    EXPLAINER = "explainer"
    Q_AND_A = "q-and-a"
    PRESS_RELEASE = "press-release"
    INTERVIEW = "interview"
    IN_THE_MEDIA = "in-the-media"
    PODCAST = "podcast"
    VIDEO = "video"
    BOOK = "book"
    REVIEW = "review"

    @property
    def label(self) -> str:
        """For people, in the singular."""
        return TRAITS[self].label

    @property
    def verb(self) -> Verb:
        return TRAITS[self].verb

    @property
    def schema_type(self) -> str:
        """The schema.org type of such a piece."""
        return TRAITS[self].schema_type

    @property
    def genre(self) -> str:
        """The IPTC genre name, empty where none fits."""
        return TRAITS[self].genre

    @classmethod
    def read(cls, text: str) -> "Kind":
        """The kind that a slug or a label names, in any case. Raises ValueError with the known ones."""
        try:
            return _BY_NAME[text.strip().casefold()]
        except KeyError:
            known = ", ".join(kind.value for kind in cls)
            raise ValueError(f"“{text[:40]}” is not a kind; known are {known}") from None


class Traits(NamedTuple):
    """What other vocabularies call a kind."""

    label: str
    verb: Verb
    schema_type: str
    genre: str


TRAITS: dict[Kind, Traits] = {
    Kind.OP_ED: Traits("Op-ed", Verb.READ, "OpinionNewsArticle", "Opinion"),
    Kind.ARTICLE: Traits("Article", Verb.READ, "Article", "Analysis"),
    Kind.REPORT: Traits("Report", Verb.READ, "Report", "Special Report"),
    Kind.BRIEF: Traits("Brief", Verb.READ, "Report", "Analysis"),
    Kind.EXPLAINER: Traits("Explainer", Verb.READ, "BackgroundNewsArticle", "Background"),
    Kind.Q_AND_A: Traits("Q&A", Verb.READ, "Article", "Question and Answer Session"),
    Kind.PRESS_RELEASE: Traits("Press Release", Verb.READ, "Article", "Press Release"),
    Kind.INTERVIEW: Traits("Interview", Verb.READ, "NewsArticle", "Interview"),
    Kind.IN_THE_MEDIA: Traits("In the media", Verb.READ, "NewsArticle", "Quote"),
    Kind.PODCAST: Traits("Podcast", Verb.LISTEN, "PodcastEpisode", ""),
    Kind.VIDEO: Traits("Video", Verb.WATCH, "VideoObject", ""),
    Kind.BOOK: Traits("Book", Verb.READ, "Book", ""),
    Kind.REVIEW: Traits("Review", Verb.READ, "Review", "Review"),
}

_BY_NAME = {name.casefold(): kind for kind in Kind for name in (kind.value, TRAITS[kind].label)}
