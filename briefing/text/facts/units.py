"""Units of measure and currencies: how they are written, and which of them measure the same."""

from __future__ import annotations

from collections.abc import Mapping

CURRENCIES: Mapping[str, str] = {
    word: code
    for code, words in {
        "USD": "$|us$|usd|dollar|dollars|us dollars|u.s. dollars|american dollars|dólares|dólar",
        "AUD": "au$|a$|aud|australian dollars", "CAD": "c$|ca$|cad|canadian dollars", "NZD": "nz$", "HKD": "hk$",
        "SGD": "s$", "EUR": "€|eur|euro|euros", "GBP": "£|gbp|pound|pounds|pounds sterling|pfund|livres|libras",
        "JPY": "¥|jpy|yen", "CNY": "yuan|renminbi|cny|rmb", "INR": "₹|inr|rupee|rupees|rupien|roupies|rupias",
        "RUB": "₽|rub|ruble|rubles|rouble|roubles|rubel|rublos", "CHF": "chf|francs|franc|franken|francos",
        "KRW": "₩|krw", "ILS": "₪|shekel|shekels", "UAH": "₴|hryvnia|hryvnias", "TRY": "₺|lira|liras",
        "PLN": "zloty|zlotys", "SEK": "sek|kronor", "NOK": "nok", "DKK": "dkk", "BRL": "r$|reais",
        "ZAR": "rand", "MXN": "pesos|peso", "cent": "cents|cent|pence", "BTC": "bitcoin|bitcoins",
    }.items()
    for word in words.split("|")
}  # fmt: skip
PERCENT: Mapping[str, str] = {
    w: "%" for w in ("%", "percent", "per cent", "pct", "prozent", "pour cent", "por ciento", "pourcent")
} | {
    w: "points"
    for w in (
        "percentage points", "percentage point", "percentage-point", "prozentpunkte", "prozentpunkten", "prozentpunkt",
        "points de pourcentage", "point de pourcentage", "puntos porcentuales", "punto porcentual",
    )
}  # fmt: skip
MEASURES: Mapping[str, str] = {
    word: unit
    for unit, words in {
        "km": "km|kilometer|kilometers|kilometre|kilometres|kilometern|kilomètres|kilómetros",
        "mile": "mile|miles|meilen|milles|millas",
        "m": "metre|metres|meter|meters|metern|mètres|metros",
        "cm": "cm|centimeter|centimeters|centimetre|centimetres|zentimeter|centimètres|centímetros",
        "mm": "mm|millimeter|millimeters|millimetre|millimetres|millimètres|milímetros",
        "ft": "feet|foot|ft", "inch": "inch|inches", "yard": "yard|yards",
        "kg": "kg|kilogram|kilograms|kilogramm|kilos|kilo", "g": "grams|grammes|gramm|gramos",
        "lb": "lb|lbs", "ounce": "ounce|ounces|oz",
        "t": "tonne|tonnes|tons|ton|tonnen|toneladas|metric tons",
        "km2": "square km|sq km|square kilometers|square kilometres|quadratkilometer|quadratkilometern|km²|"
        "kilomètres carrés|kilómetros cuadrados",
        "mile2": "square miles|square mile|sq miles|sq mi", "acre": "acre|acres",
        "hectare": "hectare|hectares|hektar|hectáreas",
        "m2": "square meters|square metres|quadratmeter|quadratmetern|m²|mètres carrés|metros cuadrados",
        "ft2": "square feet|square foot|sq ft",
        "km/h": "kph|km/h|kmh|kilometers per hour|kilometres per hour|kilometers an hour|kilometres an hour",
        "mph": "mph|miles per hour|miles an hour", "knot": "knots",
        "liter": "liter|liters|litre|litres|litern|litros", "gallon": "gallon|gallons", "barrel": "barrel|barrels",
        "second": "seconds|sekunden|secondes|segundos", "minute": "minute|minutes|minuten|minutos|minuto",
        "hour": "hour|hours|stunde|stunden|heure|heures|hora|horas",
        "day": "day|days|tag|tage|tagen|jour|jours|día|días",
        "week": "week|weeks|woche|wochen|semaine|semaines|semana|semanas", "fortnight": "fortnight|fortnights",
        "month": "month|months|monat|monate|monaten|mois|mes|meses",
        "year": "year|years|jahr|jahre|jahren|ans|année|années|año|años",
        "decade": "decade|decades|jahrzehnt|jahrzehnte|jahrzehnten|décennies|décadas",
        "century": "centuries|jahrhunderte|jahrhunderten|siècles|siglos",
        "W": "watt|watts", "kW": "kw|kilowatt|kilowatts", "MW": "mw|megawatt|megawatts", "GW": "gw|gigawatt|gigawatts",
        "kWh": "kwh|kilowatt-hours|kilowatt hours", "MWh": "mwh|megawatt-hours|megawatt hours",
        "GWh": "gwh|gigawatt-hours|gigawatt hours", "TWh": "twh|terawatt-hours|terawatt hours",
        "F": "°f|degrees fahrenheit|degrees f|fahrenheit",
        "C": "°c|degrees celsius|degrees c|celsius|degrees centigrade|grad celsius|degrés celsius|grados celsius",
        "degree": "°|degrees|degree|grad|degrés|grados",
        "MB": "mb|megabytes", "GB": "gb|gigabytes", "TB": "tb|terabytes",
    }.items()
    for word in words.split("|")
}  # fmt: skip
# A unit in terms of one of its kind; a year has 365.25 days, a month a twelfth of that.
_SIZES: Mapping[str, tuple[str, float]] = {
    "km": ("length", 1e3), "mile": ("length", 1609.34), "m": ("length", 1.0), "cm": ("length", 0.01),
    "mm": ("length", 1e-3), "ft": ("length", 0.3048), "inch": ("length", 0.0254), "yard": ("length", 0.9144),
    "kg": ("mass", 1.0), "g": ("mass", 1e-3), "lb": ("mass", 0.4536), "ounce": ("mass", 0.02835), "t": ("mass", 1e3),
    "km2": ("area", 1e6), "mile2": ("area", 2.59e6), "acre": ("area", 4046.86), "hectare": ("area", 1e4),
    "m2": ("area", 1.0), "ft2": ("area", 0.0929),
    "km/h": ("speed", 1.0), "mph": ("speed", 1.60934), "knot": ("speed", 1.852),
    "liter": ("volume", 1.0), "gallon": ("volume", 3.785), "barrel": ("volume", 158.987),
    "second": ("time", 1.0), "minute": ("time", 60.0), "hour": ("time", 3600.0), "day": ("time", 86400.0),
    "week": ("time", 604800.0), "fortnight": ("time", 1209600.0), "month": ("time", 2629800.0),
    "year": ("time", 31557600.0), "decade": ("time", 315576000.0), "century": ("time", 3155760000.0),
    "W": ("power", 1.0), "kW": ("power", 1e3), "MW": ("power", 1e6), "GW": ("power", 1e9),
    "kWh": ("energy", 1.0), "MWh": ("energy", 1e3), "GWh": ("energy", 1e6), "TWh": ("energy", 1e9),
    "MB": ("data", 1.0), "GB": ("data", 1e3), "TB": ("data", 1e6),
}  # fmt: skip


def times_as_large(unit: str, other: str) -> float | None:
    """How many of ``other`` make one ``unit``; None when they do not measure the same."""
    if unit == other or {unit, other} in ({"degree", "F"}, {"degree", "C"}):
        return 1.0
    a, b = _SIZES.get(unit), _SIZES.get(other)
    return a[1] / b[1] if a and b and a[0] == b[0] else None


def money(unit: str) -> bool:
    """Whether ``unit`` is a currency: three capitals, as ISO 4217 has them."""
    return unit == "cent" or (len(unit) == 3 and unit.isupper() and unit not in _SIZES)
