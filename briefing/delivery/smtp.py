"""Mail by SMTP (RFC 5321). What replies mean is decided in ``smtp_replies``."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable
from contextlib import suppress

from briefing.delivery.envelope import canonical, is_address, stuffed
from briefing.delivery.pace import Pace
from briefing.delivery.smtp_replies import Step, judged, reply_line
from briefing.delivery.smtp_session import Session
from briefing.delivery.smtp_settings import NONE, STARTTLS, Login, SmtpSettings
from briefing.editions import Message, Outcome, Receipt
from briefing.errors import ConfigError, DeliveryError

# smtplib's and ssl's errors are OSErrors; names, replies and logins that cannot be encoded or decoded are ValueErrors.
FOREIGN = (OSError, ValueError)
_GOODBYE = 5.0  # seconds


class Smtp:
    """A mail server as a channel. Connects at the first message, and keeps the connection for the next ones.

    Every reply and every failure of the connection is a receipt; before the final dot no failure leaves open whether
    the message was taken. For one thread at a time. ``pace`` may be shared by several of them for one host, in place
    of the setting; ``sleep`` is how it waits. Raises ``ConfigError``.
    """

    def __init__(
        self,
        settings: SmtpSettings,
        login: Login | None = None,
        *,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.settings = settings
        self._login = login
        self.pace = pace or Pace(settings.per_minute, clock=clock, sleep=sleep)
        self._clock = clock
        self._context = _context(settings)
        self._session: Session | None = None
        self._name = settings.name
        self._used = 0.0
        self._sent = 0
        self._dirty = False
        # Senders that the server refused, and until when: their other messages need not ask.
        self._unwelcome: dict[str, tuple[float, Receipt]] = {}

    def send(self, message: Message, commit: Callable[[], None]) -> Receipt:
        """Hands ``message`` over. ``commit`` is called when all but the final dot is sent (RFC 1047).

        Raises ``DeliveryError`` where the sender is no address, and what ``commit`` raises: then the connection is cut,
        so that the message is not taken.
        """
        if message.sender and not is_address(message.sender):
            raise DeliveryError(f"the sender {message.sender!r} is not a mail address such as desk@news.example")
        if not is_address(message.recipient):
            return Receipt(Outcome.REFUSED, f"{message.recipient!r} is not a mail address", suppress=True)
        content = canonical(message.content)
        self.pace.wait()
        try:
            session = self._with_sender(message.sender, content)
            self._say(session, Step.RCPT, f"TO:<{message.recipient}>")
            self._say(session, Step.DATA)
            session.body(stuffed(content))
        except _Ended as end:
            return end.receipt
        except FOREIGN as error:
            self._cut()
            return Receipt(Outcome.DEFERRED, self._words(error), pause=_timed_out(error))
        except BaseException:
            self._cut()
            raise
        try:
            commit()
        except BaseException:
            self._cut()
            raise
        return self._final(session)

    def check(self, sender: str = "", recipient: str = "") -> str:
        """Connects, encrypts and logs in as for a message, and sends none; says what it met.

        With ``sender``, whether the server takes mail from that address, and with ``recipient`` for that one. Raises
        ``DeliveryError`` with what is wrong.
        """
        if sender and not is_address(sender):
            raise DeliveryError(f"the sender {sender!r} is not a mail address such as desk@news.example")
        self.close()
        try:
            session = self._open()
            if sender:
                self._say(session, Step.MAIL, f"FROM:<{sender}>")
                if recipient:
                    self._say(session, Step.RCPT, f"TO:<{recipient}>")
                session.rset()
            return self._met(session)
        except _Ended as end:
            raise DeliveryError(end.receipt.reply) from None
        except FOREIGN as error:
            # A server may have repeated the password in the error's own words.
            raise DeliveryError(self._words(error)) from None
        finally:
            self.close()

    def close(self) -> None:
        """Says goodbye and closes the connection."""
        session, self._session = self._session, None
        if session:
            with suppress(*FOREIGN):
                session.wait_at_most(_GOODBYE)
                session.docmd("QUIT")
            session.close()

    def _with_sender(self, sender: str, content: bytes) -> Session:
        """A connection whose server has taken ``MAIL FROM``. One that was used before may have ended in between."""
        if self._session and (self._sent >= self.settings.per_connection or self._idle() > self.settings.idle):
            self.close()
        if self._session:
            try:
                self._session.quiet()
                if self._dirty and self._session.rset()[0] != 250:
                    raise smtplib.SMTPServerDisconnected
                return self._say_sender(self._session, sender, content)
            except FOREIGN:
                self._cut()
            except _Ended:
                if self._session:
                    raise
        try:
            return self._say_sender(self._open(), sender, content)
        except FOREIGN as error:
            self._cut()
            raise _Ended(Receipt(Outcome.DEFERRED, self._words(error), pause=True)) from None

    def _say_sender(self, session: Session, sender: str, content: bytes) -> Session:
        size = f"{len(content):,} bytes"
        limit = session.esmtp_features.get("size", "")
        if limit.isdecimal() and 0 < int(limit) < len(content):
            words = f"552 the message has {size}, {self.settings.host} takes at most {int(limit):,}"
            raise _Ended(Receipt(Outcome.REFUSED, words))
        options = f" SIZE={len(content)}" if session.has_extn("size") else ""
        if not content.isascii():
            if not session.has_extn("8bitmime"):
                raise _Ended(Receipt(Outcome.REFUSED, f"{self.settings.host} takes no 8-bit text, and this message is"))
            options += " BODY=8BITMIME"
        until, receipt = self._unwelcome.get(sender, (0.0, None))
        if receipt and self._clock() < until:
            raise _Ended(receipt)
        self._dirty = True
        try:
            self._say(session, Step.MAIL, f"FROM:<{sender}>{options}")
        except _Ended as end:
            if end.receipt.outcome is Outcome.DEFERRED:
                self._unwelcome[sender] = self._clock() + self.settings.idle, end.receipt
            raise
        return session

    def _final(self, session: Session) -> Receipt:
        """Sends the dot and waits for the reply."""
        try:
            session.dot()
        except FOREIGN as error:
            # The server cannot have seen the end of the message.
            self._cut()
            return Receipt(Outcome.DEFERRED, self._words(error))
        except BaseException:
            self._cut()
            raise
        # From here on, what is not said is not known.
        try:
            session.wait_at_most(self.settings.reply_timeout)
            code, text = session.getreply()
            session.wait_at_most(self.settings.command_timeout)
        except FOREIGN as error:
            self._cut()
            return Receipt(Outcome.UNKNOWN, f"no reply after the message: {self._words(error)}", pause=True)
        except BaseException:
            self._cut()
            raise
        self._used, self._sent = self._clock(), self._sent + 1
        receipt = judged(Step.END, code, self._hidden(_text(text)))
        self._dirty = receipt.outcome is not Outcome.SENT
        if code == 421 or receipt.outcome is Outcome.UNKNOWN:
            self._cut()
        return receipt

    def _open(self) -> Session:
        """A new connection, encrypted and logged in as the settings have it."""
        session = self._session = Session(self.settings, self._context, self._name)
        # Looking it up may take seconds, once.
        self._name = session.local_hostname
        self._sent, self._dirty, self._used = 0, False, self._clock()
        self._unwelcome.clear()
        host, port = self.settings.address
        try:
            self._expect(Step.CONNECT, session.connect(host, port))
            self._expect(Step.EHLO, session.ehlo())
            if self.settings.security == STARTTLS:
                self._encrypt(session)
            if self._login:
                self._log_in(session, self._login)
        except _Ended:
            self._cut()
            raise
        except FOREIGN as error:
            self._cut()
            raise _Ended(Receipt(Outcome.DEFERRED, f"{host}:{port}: {self._words(error)}", pause=True)) from None
        except BaseException:
            self._cut()
            raise
        return session

    def _encrypt(self, session: Session) -> None:
        if not session.has_extn("starttls"):
            words = f'{self.settings.host} offers no STARTTLS; on port 465 write tls = "implicit" in [smtp]'
            raise _Ended(Receipt(Outcome.DEFERRED, words, pause=True))
        try:
            session.starttls(context=self._context)
        except smtplib.SMTPResponseException as error:
            self._expect(Step.STARTTLS, (error.smtp_code, error.smtp_error))
        self._expect(Step.EHLO, session.ehlo())

    def _log_in(self, session: Session, login: Login) -> None:
        offered = session.esmtp_features.get("auth", "").upper().split()
        if not offered:
            words = f"{self.settings.host} offers no login; take user out of [smtp], or use its port for submission"
            raise _Ended(Receipt(Outcome.DEFERRED, words, pause=True))
        if "PLAIN" in offered:
            # One try (some servers lock an account after a few), and not only ASCII, as RFC 4616 has it.
            answer = session.docmd("AUTH", f"PLAIN {login.plain}")
            self._expect(Step.AUTH, answer)
            return
        try:
            session.login(login.user, login.password)
        except smtplib.SMTPAuthenticationError as error:
            self._expect(Step.AUTH, (error.smtp_code, error.smtp_error))
        except UnicodeError:
            words = f"{self.settings.host} takes logins of ASCII characters only"
            raise _Ended(Receipt(Outcome.DEFERRED, words, pause=True)) from None

    def _say(self, session: Session, step: Step, argument: str = "") -> None:
        self._expect(step, session.docmd(_COMMANDS[step], argument))

    def _expect(self, step: Step, answer: tuple[int, bytes | str]) -> None:
        """Raises ``_Ended`` where the answer to ``step`` is not the one with which the dialogue goes on."""
        code, text = answer
        if code == 354 if step is Step.DATA else code // 100 == 2:
            return
        receipt = judged(step, code, self._hidden(_text(text)))
        if code == 421 or code // 100 not in (4, 5):
            self._cut()
        raise _Ended(receipt)

    def _met(self, session: Session) -> str:
        host, port = self.settings.address
        tls = session.sock.version() if isinstance(session.sock, ssl.SSLSocket) else "not encrypted"
        login = f"logged in as {self._login.user}" if self._login else "no login"
        size = session.esmtp_features.get("size", "")
        limit = f", takes up to {int(size):,} bytes" if size.isdecimal() and int(size) else ""
        return f"{host}:{port}, {tls}, {login}{limit}"

    def _idle(self) -> float:
        return self._clock() - self._used

    def _cut(self) -> None:
        """Closes the connection without a word: what was begun on it is not taken."""
        session, self._session = self._session, None
        if session:
            session.close()

    def _words(self, error: BaseException) -> str:
        if isinstance(error, ssl.SSLCertVerificationError):
            words = f"the certificate of {self.settings.host} cannot be trusted: {error.verify_message}"
            return f"{words}; one of your own is named by ca_file in [smtp]"
        if isinstance(error, smtplib.SMTPResponseException):
            return self._hidden(reply_line(error.smtp_code, _text(error.smtp_error)))
        return self._hidden(" ".join(str(error).split()) or type(error).__name__)

    def _hidden(self, text: str) -> str:
        return self._login.hidden(text) if self._login else text


class _Ended(Exception):
    """The dialogue about one message is over before the dot."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.reply)
        self.receipt = receipt


_COMMANDS = {Step.MAIL: "MAIL", Step.RCPT: "RCPT", Step.DATA: "DATA"}


def _context(settings: SmtpSettings) -> ssl.SSLContext | None:
    if settings.security == NONE:
        return None
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except (OSError, ValueError) as error:
        raise ConfigError(f"[smtp]: ca_file {settings.ca_file!r} holds no certificates in PEM: {error}") from error


def _timed_out(error: BaseException) -> bool:
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _text(text: bytes | str) -> str:
    return text if isinstance(text, str) else text.decode("utf-8", "replace")
