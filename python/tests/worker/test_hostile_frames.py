"""Damaged bytes where the JVM's are expected: each reader ends, at once, with an error of its own and nothing worse."""

from __future__ import annotations

import json
import os
import random
import struct
import subprocess
import sys
import threading

import pyarrow as pa
import pytest

from troupe.launch.jvm import JvmStartError, _read_endpoint
from troupe.worker.frames import ClosedPipeError, Frames

_SEEDS = range(1_000)
_LIMIT = 60


def damaged(content: bytes, seed: int) -> bytes:
    """The same bytes for the same seed, changed in one to four places."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(content))
        to = min(len(content), at + chance.randint(1, 24))
        nasty = chance.choice(
            [b"", b"\0", b"\xff\xfe\xc0", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", content[at:to] * 2]
        )
        content = content[:at] + nasty + content[chance.choice([at, to]) :]
    return content


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    return struct.pack(">ic", len(payload), kind) + payload


def arrow() -> bytes:
    data = pa.RecordBatch.from_pydict({"a": [1, 2, None]})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, data.schema) as writer:
        writer.write_batch(data)
    return sink.getvalue().to_pybytes()


def conversation() -> bytes:
    work = {"kind": "nonsense", "calls": [{"function": 1, "arguments": [0]}], "acknowledge": True}
    said = [
        (b"F", struct.pack(">q", 1) + b"pickled"),
        (b"I", json.dumps(work).encode()),
        (b"O", struct.pack("<2i", 0, 3)),
    ]
    return b"".join(frame(*each) for each in [*said, (b"B", arrow()), (b"E", b"")])


@pytest.mark.parametrize("part", range(4))
def test_frames_end_with_the_pipe(part: int):
    whole = conversation()
    broken = 0
    for seed in _SEEDS[part::4]:
        source, feed = os.pipe()
        content = damaged(whole, seed)
        os.write(feed, content[: 1 << 15])
        os.close(feed)
        frames = Frames(source, -1)
        frames._sink = source  # reading alone is what is tried; the guard against forked copies looks at this
        read = 0
        try:
            while True:
                kind, payload = frames.read()
                read += len(kind) + len(payload) + 4
        except ClosedPipeError:
            broken += read != len(content)
        finally:
            os.close(source)
        assert read <= len(content), seed
    assert broken > 50


@pytest.mark.parametrize("seed", range(8))
def test_a_worker_ends_when_it_is_told_rubbish(seed: int):
    content = damaged(conversation() * 2, seed)
    done = subprocess.run([sys.executable, "-m", "troupe.worker"], input=content, capture_output=True, timeout=_LIMIT)
    assert done.returncode in (0, 1), done.stderr[-2000:]
    assert done.stdout[4:5] == b"H"
    if done.returncode == 1:
        assert b"Error" in done.stderr.splitlines()[-1], done.stderr[-2000:]


def test_a_damaged_connection_file_is_refused_in_words():
    secret = "0123456789abcdef" * 4
    whole = struct.pack(">ii", 40_001, len(secret)) + secret.encode() + struct.pack(">i", 40_002)
    assert _read_endpoint(whole).data_port == 40_002
    refused = 0
    for seed in _SEEDS:
        content = damaged(whole, seed)
        try:
            read = _read_endpoint(content)
        except JvmStartError as error:
            refused += 1
            assert f"connection file of {len(content)} bytes" in str(error)
        else:
            assert 0 < read.py4j_port < 65_536 and 0 < read.data_port < 65_536
            assert len(read.secret.encode()) == len(content) - 12
    assert refused > len(_SEEDS) // 2
    for length in range(len(whole)):
        with pytest.raises(JvmStartError, match=f"connection file of {length} bytes"):
            _read_endpoint(whole[:length])


def test_a_large_frame_arrives_whole():
    source, feed = os.pipe()
    payload = random.Random(1).randbytes((1 << 24) * 2 + 12_345)
    writer = threading.Thread(target=Frames(-1, feed).write, args=(b"B", payload))
    writer.start()
    frames = Frames(source, feed)
    assert frames.read() == (b"B", payload)
    writer.join()
    os.close(source)
    os.close(feed)
