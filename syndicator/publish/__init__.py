"""From the record to feeds/: plan (pure), render, put in place, acknowledge. The verb is `refresh`."""

from syndicator.publish.refreshing import Published, opml_document, refresh
from syndicator.publish.stages import Progress, Stage

__all__ = ["Progress", "Published", "Stage", "opml_document", "refresh"]
