"""What this machine lacks for making briefs, and the line that mends it."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.metadata
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.errors import BriefingError
from briefing.text import tokens

PANGO_LINE = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_NOTO, _CJK = "fonts-noto-core", "fonts-noto-cjk"
# A word of each script that news is often written in, and Debian's package with a font for it.
SCRIPTS = {
    "Latin": ("Zürich", "fonts-dejavu-core"),
    "Cyrillic": ("Киев", "fonts-dejavu-core"),
    "Greek": ("Αθήνα", "fonts-dejavu-core"),
    "Arabic": ("القاهرة", _NOTO),
    "Hebrew": ("ירושלים", _NOTO),
    "Devanagari": ("दिल्ली", _NOTO),
    "Thai": ("กรุงเทพ", _NOTO),
    "Chinese": ("北京", _CJK),
    "Japanese": ("ひらがな東京", _CJK),
    "Korean": ("서울", _CJK),
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at. ``needed`` tells a defect from advice; ``mend`` is the line to type."""

    name: str
    well: bool
    detail: str
    mend: str = ""
    needed: bool = True


def examine(theme: str = "default") -> Iterator[Diagnosis]:
    """Looks at Pango, HarfBuzz, fonts, token ranks, the theme, and what language models need, in this order."""
    yield _python()
    pango = _library("Pango", "pango-1.0", "PDFs cannot be made")
    yield pango
    yield _library("PangoFT2", "pangoft2-1.0", "PDFs cannot be made")
    yield _library("HarfBuzz subset", "harfbuzz-subset", "PDFs in Chinese or Japanese are slow and large", False)
    if pango.well:
        yield from _fonts()
    yield _pages()
    yield _ranks()
    yield _theme(theme)
    yield _key()
    yield _local_models()
    yield from _kept()


def _python() -> Diagnosis:
    version = ".".join(map(str, sys.version_info[:3]))
    return Diagnosis("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")


def _library(name: str, file: str, without: str, needed: bool = True) -> Diagnosis:
    found = ctypes.util.find_library(file)
    if found and _loads(found):
        return Diagnosis(name, True, found, needed=needed)
    return Diagnosis(name, False, f"not found; {without}", PANGO_LINE, needed)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _fonts() -> Iterator[Diagnosis]:
    for script, (sample, package) in SCRIPTS.items():
        missing = _missing_glyphs(sample)
        detail = "a font is at hand" if not missing else "no font; its letters become boxes in a PDF"
        mend = f"sudo apt-get install {package}" if missing else ""
        yield Diagnosis(f"{script} font", not missing, detail, mend, needed=script == "Latin")


def _missing_glyphs(text: str) -> int:
    """How many glyphs of ``text`` no installed font has, as Pango lays it out."""
    pango = ctypes.CDLL(ctypes.util.find_library("pango-1.0"))
    ft2 = ctypes.CDLL(ctypes.util.find_library("pangoft2-1.0"))
    gobject = ctypes.CDLL(ctypes.util.find_library("gobject-2.0"))
    pointer = ctypes.c_void_p
    ft2.pango_ft2_font_map_new.restype = pointer
    pango.pango_font_map_create_context.argtypes = [pointer]
    pango.pango_font_map_create_context.restype = pointer
    pango.pango_layout_new.argtypes = [pointer]
    pango.pango_layout_new.restype = pointer
    pango.pango_layout_set_text.argtypes = [pointer, ctypes.c_char_p, ctypes.c_int]
    pango.pango_layout_get_unknown_glyphs_count.argtypes = [pointer]
    gobject.g_object_unref.argtypes = [pointer]
    fonts = ft2.pango_ft2_font_map_new()
    context = pango.pango_font_map_create_context(fonts)
    layout = pango.pango_layout_new(context)
    try:
        pango.pango_layout_set_text(layout, text.encode(), -1)
        return int(pango.pango_layout_get_unknown_glyphs_count(layout))
    finally:
        for thing in (layout, context, fonts):
            gobject.g_object_unref(thing)


def _pages() -> Diagnosis:
    try:
        import trafilatura
    except ImportError as e:
        return Diagnosis("Page reader", False, str(e), "pip install --upgrade trafilatura lxml-html-clean")
    return Diagnosis("Page reader", True, f"trafilatura {trafilatura.__version__}")


def _ranks() -> Diagnosis:
    try:
        tokens.count("one two")
    except Exception as e:  # tiktoken raises several kinds for a damaged or missing file
        return Diagnosis("Token ranks", False, str(e), "pip install --force-reinstall briefing")
    return Diagnosis("Token ranks", True, "o200k_base, in the package")


def _theme(name: str) -> Diagnosis:
    from briefing.render.environment import Theme

    try:
        folder = Theme(name).folder
    except BriefingError as e:
        return Diagnosis("Theme", False, str(e), "name a theme's folder with --theme")
    return Diagnosis("Theme", True, f"{name}: {folder}")


def _key() -> Diagnosis:
    """Where a key is, never what it is."""
    from briefing.engines.chat_server import KEY, key_for, server

    try:
        key = key_for(server())
    except BriefingError as e:
        return Diagnosis("Key", False, str(e).partition("; type:")[0], f"export {KEY}=...", needed=False)
    return Diagnosis("Key", True, f"of OpenAI, in {key.source}", needed=False)


def _local_models() -> Diagnosis:
    if importlib.util.find_spec("xllamacpp") is None:
        detail = "the extra 'local' is not installed; --engine local: asks for it"
        return Diagnosis("Local models", False, detail, "pip install 'briefing[local]'", needed=False)
    return Diagnosis("Local models", True, f"xllamacpp {importlib.metadata.version('xllamacpp')}", needed=False)


def _kept() -> Iterator[Diagnosis]:
    """The answers of models that are kept, and the thresholds of judges among them."""
    from briefing.store.place import answers_file, bytes_on_disk

    file = answers_file()
    if not file.exists():
        yield Diagnosis("Kept answers", True, f"none yet; they will be in {file}", needed=False)
        return
    from briefing.engines.calibrate import kept_threshold
    from briefing.store.answers import Answers

    answers = Answers(file)
    size, prefix = answers.size(), "threshold/"
    models = [key.removeprefix(prefix) for key in answers.keys(prefix)]
    found = [(model, kept_threshold(answers, model)) for model in models]
    answers.close()
    if answers.fault:
        yield Diagnosis("Kept answers", False, f"{file}: {answers.fault}", f"rm {file}", needed=False)
        return
    megabytes = bytes_on_disk(file) / 1e6
    yield Diagnosis("Kept answers", True, f"{size.answers - len(models)}, {megabytes:.1f} MB, in {file}", needed=False)
    for model, calibration in found:
        if calibration:
            detail = f"{model}: {calibration.refusal or f'{calibration.threshold:.2f}'}"
            yield Diagnosis("Judge's threshold", calibration.usable, detail, needed=False)
