"""A model's file, looked at before anything is loaded."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import struct
from pathlib import Path
from typing import BinaryIO

from briefing.errors import ConfigError
from briefing.text.suggest import did_you_mean

_MAGIC = b"GGUF"
_ARRAY, _STRING = 9, 8
_BYTES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_INTEGERS = {4: "<I", 5: "<i", 10: "<Q", 11: "<q"}
# Beyond the weights: the program itself, buffers, and the memory of a context of some thousand tokens.
_BESIDE_WEIGHTS = 0.4e9


def check(path: Path) -> None:
    """Raises ``ConfigError`` where a model cannot be loaded: no library, no such file, not a GGUF file, too large."""
    if importlib.util.find_spec("xllamacpp") is None:
        raise ConfigError("a model in this process needs the extra 'local'; type: pip install 'briefing[local]'")
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file{_beside(path)}")
    trained_context(path)
    size, free = path.stat().st_size + _BESIDE_WEIGHTS, free_memory()
    if free is not None and size > free + _on_cards():
        raise ConfigError(
            f"{path}: the model needs about {size / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free; "
            "choose a smaller one, or a smaller quantization of it"
        )


def trained_context(path: Path) -> int | None:
    """How many tokens the model was trained to hold, or None where its file does not say.

    Reads the keys and values at the file's beginning (GGUF 2 and 3, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
    Raises ``ConfigError`` for what is not a GGUF file.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) != _MAGIC:
                raise ConfigError(f"{path}: is not a model in GGUF form; look for a file that ends in .gguf")
            version, _, pairs = struct.unpack("<IQQ", _read(file, 20))
            if version not in (2, 3):
                raise ConfigError(f"{path}: is GGUF of version {version}; versions 2 and 3 are read")
            for _ in range(pairs):
                key, kind = _string(file), _number(file, 4)
                # Such as "llama.context_length"; the first word names the model's architecture.
                if key.endswith(b".context_length") and kind in _INTEGERS:
                    return int(struct.unpack(_INTEGERS[kind], _read(file, _BYTES[kind]))[0])
                _skip(file, kind)
    except (EOFError, KeyError, ValueError, OverflowError, RecursionError) as e:
        raise ConfigError(f"{path}: is damaged or was not downloaded to its end; download it again") from e
    except OSError as e:
        raise ConfigError(f"{path}: cannot be read: {e.strerror}") from e
    return None


def fingerprint(path: Path) -> str:
    """Eight hexadecimal digits that tell apart models whose files are named alike; reads 2 MB at most."""
    size, part = path.stat().st_size, 1_000_000
    with path.open("rb") as file:
        head = file.read(part)
        file.seek(max(size - part, 0))
        return hashlib.sha256(b"%d\0" % size + head + file.read(part)).hexdigest()[:8]


def free_memory() -> int | None:
    """Bytes that can be had without swapping, or None where the system does not say (it is asked on Linux only)."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return None
    try:
        # A container may have been given less than the machine has.
        return min(free, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    except (OSError, ValueError):
        return free


def _on_cards() -> int:
    """Bytes that are free on graphics cards, as far as the library was built for them."""
    devices = importlib.import_module("xllamacpp").get_device_info()
    return sum(device["memory_free"] for device in devices if device["name"] != "CPU")


def _beside(path: Path) -> str:
    names = sorted(p.name for p in path.parent.glob("*.gguf")) if path.parent.is_dir() else []
    near = did_you_mean(path.name, names)
    return near or (f"; beside it: {', '.join(names[:5])}" if names else "")


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        file.seek(_number(file, 8), os.SEEK_CUR)
    elif kind == _ARRAY:
        of, length = _number(file, 4), _number(file, 8)
        if of in _BYTES:
            file.seek(length * _BYTES[of], os.SEEK_CUR)
        else:
            for _ in range(length):
                _skip(file, of)
    else:
        file.seek(_BYTES[kind], os.SEEK_CUR)


def _string(file: BinaryIO) -> bytes:
    length = _number(file, 8)
    # The longest key that the format allows; a longer one would be read out of a damaged file.
    if length > 65_535:
        raise EOFError
    return _read(file, length)


def _number(file: BinaryIO, length: int) -> int:
    return int.from_bytes(_read(file, length), "little")


def _read(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) < length:
        raise EOFError
    return data
