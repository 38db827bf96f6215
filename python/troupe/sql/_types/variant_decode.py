"""The binary form of variants: a dictionary of keys (metadata) and a tagged value."""

from __future__ import annotations

import base64
import datetime
import decimal
import json
import struct
from typing import Any
from zoneinfo import ZoneInfo

_EPOCH = datetime.datetime(1970, 1, 1)
_VERSION = 1
_INTS = {3: 1, 4: 2, 5: 4, 6: 8}
_DECIMALS = {8: 4, 9: 8, 10: 16}


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")


def _keys(metadata: bytes) -> list[str]:
    size = (metadata[0] >> 6) + 1
    count = _number(metadata, 1, size)
    start = 1 + size + (count + 1) * size
    ends = [start + _number(metadata, 1 + size + i * size, size) for i in range(count + 1)]
    return [metadata[a:b].decode("utf-8") for a, b in zip(ends, ends[1:], strict=False)]


def decode(value: bytes, metadata: bytes) -> Any:
    """The Python value of a variant: dict, list, str, int, float, Decimal, date, datetime, bytes, bool or None."""
    return _decode(bytes(value), 0, _keys(bytes(metadata)))


def _decode(data: bytes, at: int, keys: list[str]) -> Any:
    basic, header = data[at] & 3, data[at] >> 2
    if basic == 0:
        return _primitive(data, at + 1, header)
    if basic == 1:
        return data[at + 1 : at + 1 + header].decode("utf-8")
    is_object = basic == 2
    offset_size = (header & 3) + 1
    id_size = ((header >> 2) & 3) + 1 if is_object else 0
    large = (header >> 4 if is_object else header >> 2) & 1
    at += 1
    count = _number(data, at, 4 if large else 1)
    at += 4 if large else 1
    ids = [_number(data, at + i * id_size, id_size) for i in range(count)]
    at += count * id_size
    start = at + (count + 1) * offset_size
    items = [_decode(data, start + _number(data, at + i * offset_size, offset_size), keys) for i in range(count)]
    return dict(zip((keys[i] for i in ids), items, strict=True)) if is_object else items


def _primitive(data: bytes, at: int, kind: int) -> Any:
    if kind < 3:
        return (None, True, False)[kind]
    if kind in _INTS:
        return int.from_bytes(data[at : at + _INTS[kind]], "little", signed=True)
    if kind == 7:
        return struct.unpack_from("<d", data, at)[0]
    if kind in _DECIMALS:
        unscaled = int.from_bytes(data[at + 1 : at + 1 + _DECIMALS[kind]], "little", signed=True)
        return decimal.Decimal(unscaled).scaleb(-data[at], decimal.Context(prec=40))
    if kind == 11:
        days = int.from_bytes(data[at : at + 4], "little", signed=True)
        return (_EPOCH + datetime.timedelta(days=days)).date()
    if kind in (12, 13):
        moment = _EPOCH + datetime.timedelta(microseconds=int.from_bytes(data[at : at + 8], "little", signed=True))
        return moment.replace(tzinfo=datetime.UTC) if kind == 12 else moment
    if kind == 14:
        return struct.unpack_from("<f", data, at)[0]
    if kind in (15, 16):
        content = data[at + 4 : at + 4 + _number(data, at, 4)]
        return content if kind == 15 else content.decode("utf-8")
    raise ValueError(f"A variant holds a value of the unknown kind {kind}.")


def encode_json(value: Any, zone_id: str = "UTC") -> str:
    """JSON text of a decoded variant, without spaces."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{encode_json(v, zone_id)}" for k, v in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(encode_json(v, zone_id) for v in value) + "]"
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(ZoneInfo(zone_id)) if value.tzinfo else value
        return json.dumps(moment.isoformat(sep=" "))
    if isinstance(value, datetime.date):
        return json.dumps(value.isoformat())
    if isinstance(value, bytes):
        return json.dumps(base64.b64encode(value).decode("ascii"))
    return json.dumps(value, ensure_ascii=False)


def encode(value: Any) -> tuple[bytes, bytes]:
    """The value and the metadata of a variant from what `json.loads` gives."""
    found: set[str] = set()
    _collect(value, found)
    keys = sorted(found)
    blobs = [k.encode("utf-8") for k in keys]
    size = _width(max(sum(map(len, blobs)), len(keys)))
    offsets = [sum(map(len, blobs[:i])) for i in range(len(blobs) + 1)]
    head = bytes([_VERSION | 1 << 4 | (size - 1) << 6])
    numbers = b"".join(n.to_bytes(size, "little") for n in [len(keys), *offsets])
    return _encode(value, {k: i for i, k in enumerate(keys)}), head + numbers + b"".join(blobs)


def _collect(value: Any, found: set[str]) -> None:
    if isinstance(value, dict):
        found.update(value)
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _collect(item, found)


def _width(largest: int) -> int:
    return max((largest.bit_length() + 7) // 8, 1)


def _encode(value: Any, ids: dict[str, int]) -> bytes:
    if value is None or isinstance(value, bool):
        return bytes([{None: 0, True: 1, False: 2}[value] << 2])
    if isinstance(value, int):
        for kind, size in _INTS.items():
            if -(1 << (size * 8 - 1)) <= value < 1 << (size * 8 - 1):
                return bytes([kind << 2]) + value.to_bytes(size, "little", signed=True)
        return b"\x28\x00" + value.to_bytes(16, "little", signed=True)
    if isinstance(value, float):
        return bytes([7 << 2]) + struct.pack("<d", value)
    if isinstance(value, str):
        content = value.encode("utf-8")
        if len(content) < 64:
            return bytes([len(content) << 2 | 1]) + content
        return bytes([16 << 2]) + len(content).to_bytes(4, "little") + content
    if isinstance(value, dict):
        entries = sorted(value.items())
        return _container([_encode(v, ids) for _, v in entries], [ids[k] for k, _ in entries])
    return _container([_encode(v, ids) for v in value], None)


def _container(items: list[bytes], ids: list[int] | None) -> bytes:
    offset_size = _width(sum(map(len, items)))
    large = len(items) > 255
    count = len(items).to_bytes(4 if large else 1, "little")
    offsets = [sum(map(len, items[:i])) for i in range(len(items) + 1)]
    tail = b"".join(o.to_bytes(offset_size, "little") for o in offsets) + b"".join(items)
    if ids is None:
        return bytes([((offset_size - 1) | large << 2) << 2 | 3]) + count + tail
    id_size = _width(max(ids, default=0))
    head = (offset_size - 1) | (id_size - 1) << 2 | large << 4
    return bytes([head << 2 | 2]) + count + b"".join(i.to_bytes(id_size, "little") for i in ids) + tail
