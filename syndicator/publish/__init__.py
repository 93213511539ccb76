"""From the record to feeds/: plan (pure), render, put in place, acknowledge. The verb is `refresh`."""

from syndicator.publish.refreshing import Progress, Published, Stage, opml_document, refresh

__all__ = ["Progress", "Published", "Stage", "opml_document", "refresh"]
