"""What mail clients drop, and that nothing in our mails depends on it."""

from __future__ import annotations

from briefing.render.email_clients import dropped
from briefing.render.environment import Theme

# The hidden preheader hides by several means, each for other clients.
MEANT = {"max-height: 0", "overflow: hidden", "opacity: 0"}


def test_a_property_that_a_client_drops_is_named_with_its_place() -> None:
    css = "p { color: #111; }\n/* flex: 1 */ div { display: flex; opacity: .5 !important; }"
    found = dropped(css)
    assert [(d.line, d.column, d.declaration) for d in found] == [(2, 21, "display: flex"), (2, 36, "opacity: .5")]
    assert "Outlook for Windows" in found[0].clients


def test_our_mails_need_nothing_that_clients_drop() -> None:
    assert {d.declaration for d in dropped(Theme().text("email.css"))} <= MEANT
