"""The news of a run, written up as one message: for a mailbox, and for a program. Pure.

Knows which words people read; must not know what is news, nor how a message is sent.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import blake2b
from typing import Any

from syndicator import text, times
from syndicator.model.news import Change, News

# A message lists so many; a host that dies may take thousands of links with it.
MOST = 200
_TITLE, _REASON = 120, 300


def headline(institution: str, news: Sequence[News]) -> str:
    """What happened, on one line: “Institute: 2 links broken, 1 link there again”."""
    return f"{text.cut(institution, _TITLE)}: {', '.join(_counted(news))}"


def _counted(news: Sequence[News]) -> list[str]:
    counts = Counter(one.change for one in news)
    return [
        f"{counts[change]} {'link' if counts[change] == 1 else 'links'} {_AFTER_NUMBER[change]}"
        for change in Change
        if counts[change]
    ]


_AFTER_NUMBER = {
    Change.BROKEN: "broken",
    Change.HEALED: "there again",
    Change.MOVED: "moved for good",
    Change.LOOK: "to have a look at",
}


def body(news: Sequence[News]) -> str:
    """The news in plain words, the worst first."""
    parts = ["\n".join(_lines(one)) for one in _ordered(news)[:MOST]]
    if len(news) > MOST:
        parts.append(f"And {len(news) - MOST} more: `syndicator links list` shows them all.")
    parts.append("`syndicator links history URL` says why.")
    return "\n\n".join(parts) + "\n"


def _ordered(news: Sequence[News]) -> list[News]:
    order = list(Change)
    return sorted(news, key=lambda one: (order.index(one.change), one.transition.id))


def _lines(one: News) -> list[str]:
    lines = [f"{one.change.label.capitalize()}: {what(one)}", f"  {one.transition.url}"]
    if one.transition.reason:
        lines.append(f"  {text.cut(text.one_line(one.transition.reason), _REASON)}")
    if one.change is Change.BROKEN:
        lines.append(f"  Archived copy: {one.copy}" if one.copy else "  No archived copy is known.")
    if one.change is Change.MOVED and one.moved_to:
        lines.append(f"  It is now at {one.moved_to} (take it over with `syndicator links fix`).")
    if one.change is Change.LOOK:
        lines.append("  A wall hides the page from us. Please open it in a browser, and say what you see")
        lines.append("  with `syndicator links override URL alive|dead --until DATE`.")
    return lines


def what(one: News) -> str:
    """The pieces at the link, and where it is."""
    titles = dict.fromkeys(text.cut(text.one_line(at.title), _TITLE) for at in one.placed)
    outlets = dict.fromkeys(text.one_line(at.outlet) for at in one.placed)
    if not titles:
        return "a link without a piece"
    return f"{', '.join(f'“{title}”' for title in titles)} at {', '.join(outlets)}"


def document(institution: str, news: Sequence[News]) -> dict[str, Any]:
    """The news for a program. `text` is what chats show that take a message by POST; `id` is the same when the same
    message comes twice.
    """
    return {
        "id": message_id(news),
        "text": f"{headline(institution, news)}\n\n{body(news)}",
        "changes": [_fields(one) for one in news[:MOST]],
        "more": max(0, len(news) - MOST),
    }


def _fields(one: News) -> dict[str, Any]:
    transition = one.transition
    return {
        "change": one.change.value,
        "url": transition.url,
        "from": transition.before.value,
        "to": transition.after.value,
        "at": times.stamp(transition.at),
        "reason": transition.reason,
        "moved_to": one.moved_to or None,
        "copy": one.copy or None,
        "pieces": [{"id": at.piece_id, "title": at.title, "outlet": at.outlet} for at in one.placed],
    }


def mail(
    institution: str, news: Sequence[News], *, sender: str, recipients: Sequence[str], now: datetime
) -> EmailMessage:
    """The news for mailboxes. It says that a program wrote it (RFC 3834), so that no absent person answers."""
    message = EmailMessage()
    message["Subject"] = text.one_line(headline(institution, news))
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{message_id(news)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body(news))
    return message


def message_id(news: Sequence[News]) -> str:
    """Names the message by what it tells: sent twice, it can be known for the same."""
    told = " ".join(f"{one.transition.id}/{times.stamp(one.transition.at)}" for one in news)
    return f"syndicator-{blake2b(told.encode(), digest_size=12).hexdigest()}"
