"""What a model's tokens cost."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.engines.chat_server import Server
from briefing.engines.meter import Budget
from briefing.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of one model on one server, in US dollars.

    They are the user's (``price_in`` and ``price_out`` for a million tokens, cached ones at the price of any other),
    nothing for a server on this machine, or those of ``genai-prices``, which come with it and are not fetched.
    """

    model: str
    server: Server
    price_in: float | None = None
    price_out: float | None = None

    @property
    def known(self) -> bool:
        return self.of(1, 1) is not None

    def of(self, tokens_in: int, tokens_out: int, tokens_cached: int = 0) -> float | None:
        """The price of one call, or None where it is not known. The cached tokens are among ``tokens_in``."""
        if self.price_in is not None and self.price_out is not None:
            return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000
        if self.server.local:
            return 0.0
        return self._listed(tokens_in, tokens_out, min(tokens_cached, tokens_in))

    def worst(self, tokens_in: int, tokens_out: int) -> float | None:
        """The most that one call may cost, whatever the vendor has cached; None where prices are not known."""
        # Of a few models the price of cached tokens is listed above that of others.
        prices = [self.of(tokens_in, tokens_out, cached) for cached in (0, tokens_in)]
        known = [price for price in prices if price is not None]
        return max(known) if len(known) == len(prices) else None

    def _listed(self, tokens_in: int, tokens_out: int, tokens_cached: int) -> float | None:
        # Its table is large, and a run without a paid model never needs it.
        from genai_prices import Usage, calc_price

        usage = Usage(input_tokens=tokens_in, output_tokens=tokens_out, cache_read_tokens=tokens_cached)
        try:
            return float(calc_price(usage, self.model, provider_api_url=self.server.url).total_price)
        except (LookupError, ValueError):
            return None


def need_prices(budget: Budget, prices: Prices) -> None:
    """Raises ``ConfigError`` where a limit is set and could not be kept, because prices are not known."""
    if budget.limit is not None and not prices.known:
        raise ConfigError(
            f"budget cannot be kept: the prices of {prices.model} at {prices.server.url} are not known; "
            "set price_in and price_out, in US dollars for a million tokens, or leave out budget"
        )
