"""A real mail server for the tests, which says what it is told to say, hangs up, or is not there for a while."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Keeps what it accepts. `answers[address]` are said to that recipient first, one a try.

    `cuts[address]` is how many times it hangs up on a letter to that address after the last of its data.
    """

    port: int

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, list[str]] = defaultdict(list)
        self.answers_to_data: list[str] = []
        self.cuts: dict[str, int] = defaultdict(int)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers[address]:
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        for address in envelope.rcpt_tos:
            if self.cuts[address]:
                self.cuts[address] -= 1
                assert server.transport is not None
                server.transport.abort()
                return "451 hung up"
        if self.answers_to_data:
            return self.answers_to_data.pop(0)
        content: Any = envelope.content
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 OK"


class _Controller(Controller):
    """On a port of the system's choice, which aiosmtpd cannot tell by itself."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(sink: Sink | None = None) -> Iterator[Sink]:
    """A sink at 127.0.0.1:`sink.port` for the length of the block; one that was there before comes back to its port."""
    sink = sink or Sink()
    controller = _Controller(sink, hostname="127.0.0.1", port=getattr(sink, "port", 0))
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()
