"""Model files are looked at before they are loaded. The files here hold a head and no model."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.engines.local_file import check, fingerprint, trained_context
from briefing.errors import ConfigError

needs_library = pytest.mark.skipif(
    find_spec("xllamacpp") is None and not os.environ.get("CI"),
    reason="needs the extra 'local'",
)


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value)) + value.encode()


def pair(key: str, kind: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + value


PAIRS = (
    pair("general.architecture", 8, text("llama")),
    pair("general.alignment", 4, struct.pack("<I", 32)),
    pair("general.tags", 9, struct.pack("<IQ", 8, 2) + text("one") + text("two")),
    pair("general.numbers", 9, struct.pack("<IQ", 5, 3) + struct.pack("<3i", 1, 2, 3)),
    pair("general.nested", 9, struct.pack("<IQ", 9, 1) + struct.pack("<IQ", 0, 2) + b"\0\1"),
    pair("llama.rope.scaling.original_context_length", 4, struct.pack("<I", 7)),
    pair("llama.context_length", 4, struct.pack("<I", 4096)),
)


def head(*pairs: bytes, version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, 0, len(pairs)) + b"".join(pairs)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    path.write_bytes(head(*PAIRS))
    return path


def test_the_trained_context_is_read(model: Path) -> None:
    assert trained_context(model) == 4096


def test_a_model_that_does_not_say_has_none(model: Path) -> None:
    model.write_bytes(head(*PAIRS[:-1]))
    assert trained_context(model) is None


@pytest.mark.parametrize("content", [b"", b"GG", b"<!DOCTYPE html>", b"version https://git-lfs.github.com/spec/v1\n"])
def test_what_is_not_a_model_is_told(model: Path, content: bytes) -> None:
    model.write_bytes(content)
    with pytest.raises(ConfigError, match="is not a model in GGUF form"):
        trained_context(model)


def test_another_version_is_told(model: Path) -> None:
    model.write_bytes(head(*PAIRS, version=9))
    with pytest.raises(ConfigError, match="version 9"):
        trained_context(model)


@given(at=st.integers(4, len(head(*PAIRS)) - 1))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_was_cut_off_is_told(model: Path, at: int) -> None:
    model.write_bytes(head(*PAIRS)[:at])
    with pytest.raises(ConfigError, match="download it again"):
        trained_context(model)


@given(at=st.integers(4, len(head(*PAIRS)) - 1), byte=st.integers(0, 255))
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_ends_in_a_number_or_a_named_error(model: Path, at: int, byte: int) -> None:
    whole = bytearray(head(*PAIRS))
    whole[at] = byte
    model.write_bytes(whole)
    try:
        context = trained_context(model)
    except ConfigError:
        return
    assert context is None or context >= 0


def test_models_of_one_name_are_told_apart(model: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "model.gguf"
    other.parent.mkdir()
    other.write_bytes(model.read_bytes())
    assert fingerprint(other) == fingerprint(model)
    other.write_bytes(model.read_bytes() + b"\0")
    assert fingerprint(other) != fingerprint(model)


@needs_library
def test_a_file_that_is_not_there_has_a_suggestion(model: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file; did you mean 'model\.gguf'\?"):
        check(model.with_name("modell.gguf"))
    with pytest.raises(ConfigError, match=r"no such file; beside it: model\.gguf"):
        check(model.with_name("quite-another"))
    with pytest.raises(ConfigError, match=r"no such file$"):
        check(model.parent / "nowhere" / "x.gguf")


@needs_library
@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="memory is known on Linux only")
def test_a_model_that_does_not_fit_is_told_before_it_is_loaded(model: Path) -> None:
    os.truncate(model, 10**13)  # a hole; it takes no room on the disk
    with pytest.raises(ConfigError, match=r"needs about 10000\.4 GB of memory and .* GB are free; choose"):
        check(model)


def test_the_missing_extra_is_told(model: Path) -> None:
    # As if the library were not installed.
    code = (
        "import sys; sys.modules['xllamacpp'] = None\n"
        "from pathlib import Path; from briefing.engines.local import serve\n"
        f"serve(Path({str(model)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ConfigError: a model in this process needs the extra 'local'" in done.stderr
    assert "pip install 'briefing[local]'" in done.stderr
