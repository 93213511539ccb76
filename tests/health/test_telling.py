"""Who is told of what has become of links: one message a run, of changes only, over real sockets."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicator import desk
from syndicator.catalogue import mementos, transitions
from syndicator.health import telling
from syndicator.health.acting import Acted, act
from syndicator.model.health import Override, State
from syndicator.model.links import Aim, Mark, Memento
from syndicator.site import Site
from tests.builders import NOON, SETTINGS, StandingClock, make_site
from tests.health.receiver import ADDRESS, Receiver, receiver
from tests.health.rounds import clock_of, record
from tests.health.turning import turn
from tests.net.mail_server import MailServer, mail_server
from tests.processes import paused

A, B, C = (f"https://outlet.example/{name}" for name in ("first-piece", "second-piece", "third-piece"))
QUIET = f'{SETTINGS}[check]\ntimeout = 2\n[archive]\nendpoint = ""\n[network]\nallow = ["127.0.0.0/8"]\n[alerts]\n'


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path, hook: Receiver, post: MailServer) -> Site:
    return make_site(
        tmp_path,
        settings=f'{QUIET}webhook = "{hook.url}"\nsmtp = "{post.at}"\n'
        'email_to = "jo@institute.example, al@institute.example"\n',
    )


def acted(site: Site, **environment: str) -> Acted:
    return act(site, environment=environment)


def changes(hook: Receiver) -> list[list[tuple[str, str]]]:
    """What each message told."""
    return [[(one["change"], one["url"]) for one in document["changes"]] for _, document in hook.posted]


class TestOneMessageARun:
    def test_all_that_changed_is_in_it(self, site: Site, hook: Receiver, post: MailServer) -> None:
        first, second, third = record(site, A, B, C)
        turn(site, first, State.BROKEN)
        turn(site, second, State.SUSPECT)
        turn(site, second, State.BROKEN)
        turn(site, third, State.BROKEN)
        turn(site, third, State.HEALTHY)
        assert acted(site) == Acted(told=4)
        assert changes(hook) == [[("broken", A), ("broken", B), ("broken", C), ("healed", C)]]
        (taken,) = post.taken
        assert taken.recipients == ["jo@institute.example", "al@institute.example"]
        assert taken.message["Subject"] == "Institute of Examples: 3 links broken, 1 link there again"
        assert taken.message["From"] == "syndicator@institute.example"

    def test_without_a_change_there_is_none(self, site: Site, hook: Receiver, post: MailServer) -> None:
        (link,) = record(site, A)
        assert acted(site) == Acted()
        turn(site, link, State.SUSPECT)
        assert acted(site) == Acted()
        turn(site, link, State.BROKEN)
        assert acted(site).told == 1
        assert acted(site) == Acted()
        assert (len(hook.posted), len(post.taken)) == (1, 1)

    def test_what_a_program_is_told(self, site: Site, hook: Receiver) -> None:
        (link,) = record(site, A)
        turn(site, link, State.SUSPECT)
        with site.catalogue.write() as connection:
            mementos.add(connection, link, Memento("https://archive.example/1", NOON), "2026-06-01T12:00:00Z")
        turn(site, link, State.BROKEN)
        acted(site)
        ((path, document),) = hook.posted
        assert path == "/hooks/T0SECRET?key=B0SECRET"
        assert document["more"] == 0
        assert document["changes"] == [
            {
                "change": "broken",
                "url": A,
                "from": "suspect",
                "to": "broken",
                "at": "2026-06-01T12:00:00Z",
                "reason": "It is not there (404).",
                "moved_to": None,
                "copy": "https://archive.example/1",
                "pieces": [{"id": 1, "title": "First-Piece".replace("-", " "), "outlet": "The Outlet"}],
            }
        ]
        assert document["text"].startswith(
            "Institute of Examples: 1 link broken\n\nBroken: “First Piece” at "
        )
        assert document["id"].startswith("syndicator-")

    def test_a_person_is_asked_to_look_though_the_state_stayed(self, site: Site, post: MailServer) -> None:
        (link,) = record(site, A)
        turn(site, link, State.SUSPECT)
        turn(site, link, State.SUSPECT, mark=Mark.LOOK, reason="It answered with a bot check.")
        assert acted(site).told == 1
        (taken,) = post.taken
        assert taken.message["Subject"] == "Institute of Examples: 1 link to have a look at"
        assert "Please have a look: “First Piece” at The Outlet" in taken.message.get_content()
        assert taken.message["Auto-Submitted"] == "auto-generated"

    def test_a_move_is_told_once_it_is_certain(self, site: Site, hook: Receiver) -> None:
        (link,) = record(site, A)
        turn(site, link, State.MOVED, moved_to=B)
        assert acted(site).told == 0
        turn(site, link, State.MOVED, mark=Mark.CERTAIN, moved_to=B)
        assert acted(site).told == 1
        assert hook.posted[0][1]["changes"][0]["moved_to"] == B

    def test_where_a_person_has_spoken_nothing_is_told(self, site: Site, hook: Receiver) -> None:
        first, second = record(site, A, B)
        desk.override(site, Aim(link_id=first), Override.ALIVE, "2026-12-31", "")
        turn(site, first, State.BROKEN)
        turn(site, second, State.BROKEN)
        assert acted(site).told == 1
        assert changes(hook) == [[("broken", B)]]

    def test_thousands_of_links_are_one_message_of_bounded_length(
        self, site: Site, hook: Receiver, post: MailServer
    ) -> None:
        for link in record(site, *(f"https://outlet.example/{number}" for number in range(250))):
            turn(site, link, State.BROKEN)
        assert acted(site).told == 250
        ((_, document),) = hook.posted
        assert (len(document["changes"]), document["more"]) == (200, 50)
        assert "And 50 more: `syndicator links list` shows them all." in post.taken[0].message.get_content()


class TestBadDays:
    def test_a_way_that_fails_is_a_sentence_and_tried_again_by_the_next_run(
        self, site: Site, hook: Receiver, post: MailServer
    ) -> None:
        turn(site, record(site, A)[0], State.BROKEN)
        hook.status = 500
        done = acted(site)
        assert done.told == 1
        at = f"{ADDRESS}:{hook.server_address[1]}"
        (note,) = done.notes
        assert note == f"What changed was not told by webhook: {at} did not do as asked: it answered 500."
        assert "SECRET" not in note
        hook.status = 204
        assert acted(site) == Acted(told=1)
        assert (len(hook.posted), len(post.taken)) == (2, 1)
        assert hook.posted[0] == hook.posted[1]

    def test_so_is_a_mail_server_that_fails(self, site: Site, hook: Receiver, post: MailServer) -> None:
        turn(site, record(site, A)[0], State.BROKEN)
        post.manner.refuses["MAIL"] = "451 Try again later"
        (note,) = acted(site).notes
        assert "451 Try again later" in note
        post.manner.refuses.clear()
        assert acted(site).told == 1
        assert (len(hook.posted), len(post.taken)) == (1, 1)

    def test_a_slow_one_is_not_waited_for(self, site: Site, hook: Receiver) -> None:
        turn(site, record(site, A)[0], State.BROKEN)
        hook.seconds = 5.0
        assert "it took too long" in acted(site).notes[0]

    def test_what_could_not_be_told_for_a_week_is_no_news(self, site: Site, hook: Receiver) -> None:
        turn(site, record(site, A)[0], State.BROKEN)
        hook.status = 500
        acted(site)
        hook.status = 200
        clock_of(site).advance(days=8)
        acted(site)
        assert len(hook.posted) == 1

    @pytest.mark.parametrize("where", ["before it is sent", "before it is done"])
    def test_a_kill_neither_loses_a_message_nor_doubles_more_than_one(
        self, site: Site, hook: Receiver, monkeypatch: pytest.MonkeyPatch, where: str
    ) -> None:
        turn(site, record(site, A)[0], State.BROKEN)

        def killed(*_: object, **__: object) -> None:
            raise SystemExit

        with monkeypatch.context() as patched:
            if where == "before it is sent":
                patched.setattr(telling._Webhook, "send", killed)
            else:
                patched.setattr(transitions, "done", killed)
            with suppress(SystemExit):
                acted(site)
        sent = len(hook.posted)
        assert acted(site).notes == []
        assert len(hook.posted) == sent  # As far as this run knows, the other one is still at it.
        clock_of(site).now = NOON + timedelta(minutes=16)
        acted(site)
        acted(site)
        assert len(hook.posted) == sent + 1
        assert len({document["id"] for _, document in hook.posted}) == 1


_KILLED_AFTER_SENDING = """
from pathlib import Path
from syndicator.health import telling
from syndicator.health.acting import act
from syndicator.site import open_site

send = telling._Webhook.send

def send_and_pause(*given):
    send(*given)
    pause()

telling._Webhook.send = send_and_pause
act(open_site(Path(sys.argv[1])), environment={})
"""


def test_a_real_kill_after_sending_doubles_that_message_and_no_other(tmp_path: Path, hook: Receiver) -> None:
    site = make_site(
        tmp_path, clock=StandingClock(datetime.now(UTC)), settings=f'{QUIET}webhook = "{hook.url}"\n'
    )
    first, second = record(site, A, B)
    turn(site, first, State.BROKEN)
    with paused(_KILLED_AFTER_SENDING, tmp_path) as program:
        program.kill()
    clock_of(site).now = datetime.now(UTC) + timedelta(seconds=2)
    turn(site, second, State.BROKEN)
    assert acted(site).told == 1
    clock_of(site).advance(minutes=16)
    assert acted(site).told == 1
    assert acted(site).told == 0
    assert changes(hook) == [[("broken", A)], [("broken", B)], [("broken", A)]]


class TestSettings:
    def test_nothing_is_told_unless_somebody_is_named(self, tmp_path: Path) -> None:
        site = make_site(tmp_path, settings=QUIET)
        turn(site, record(site, A)[0], State.BROKEN)
        assert acted(site) == Acted()
        assert site.catalogue.connection.execute("SELECT count(*) FROM acts").fetchone() == (0,)

    def test_the_password_is_in_the_environment_or_the_message_waits(
        self, tmp_path: Path, post: MailServer
    ) -> None:
        site = make_site(
            tmp_path,
            settings=f'{QUIET}smtp = "{post.at}"\nemail_to = "jo@a.example"\nsmtp_user = "jo"\n'
            'email_from = "links@a.example"\n',
        )
        turn(site, record(site, A)[0], State.BROKEN)
        assert "set $SYNDICATOR_SMTP_PASSWORD to the password of jo" in acted(site).notes[0]
        note = acted(site, SYNDICATOR_SMTP_PASSWORD="secret").notes[0]
        assert "offers no encryption" in note
        assert "secret" not in note

    def test_the_guard_holds_for_webhooks(self, tmp_path: Path, hook: Receiver) -> None:
        settings = QUIET.replace('["127.0.0.0/8"]', "[]") + f'webhook = "{hook.url}"\n'
        site = make_site(tmp_path, settings=settings)
        turn(site, record(site, A)[0], State.BROKEN)
        assert "is not public" in acted(site).notes[0]
        assert hook.posted == []
