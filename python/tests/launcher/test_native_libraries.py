"""The compressors' machine code is unpacked once, whole, and only then are the libraries pointed to it."""

import zipfile
from pathlib import Path

import pytest

from troupe.launch import layout, native_libraries


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> layout.Runtime:
    monkeypatch.setattr(native_libraries.platform, "system", lambda: "Linux")
    monkeypatch.setattr(native_libraries.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(native_libraries.platform, "libc_ver", lambda: ("glibc", "2.36"))
    snappy, zstd = tmp_path / "snappy-java-9.1.jar", tmp_path / "zstd-jni-9.2.jar"
    with zipfile.ZipFile(snappy, "w") as jar:
        jar.writestr("org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so", b"another machine's")
        jar.writestr("org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so", b"snappy's code")
    with zipfile.ZipFile(zstd, "w") as jar:
        jar.writestr("linux/amd64/libzstd-jni-9.2.so", b"zstd's code")
    return layout.Runtime((snappy, zstd), tmp_path)


def test_each_library_is_pointed_to_its_own_unpacked_version(made_up: layout.Runtime) -> None:
    assert native_libraries.properties(made_up) == []
    native_libraries.unpack(made_up)
    snappy, zstd = (
        made_up.folder / "native" / "snappy-java-9.1",
        made_up.folder / "native" / "zstd-jni-9.2" / "libzstd-jni.so",
    )
    assert native_libraries.properties(made_up) == [
        f"-Dorg.xerial.snappy.lib.path={snappy}",
        "-Dorg.xerial.snappy.lib.name=libsnappyjava.so",
        f"-DZstdNativePath={zstd}",
    ]
    assert (snappy / "libsnappyjava.so").read_bytes() == b"snappy's code"
    assert zstd.read_bytes() == b"zstd's code"
    assert [p.name for p in snappy.iterdir()] == ["libsnappyjava.so"]


def test_an_unknown_machine_keeps_the_libraries_own_way(
    made_up: layout.Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native_libraries.platform, "libc_ver", lambda: ("", ""))
    native_libraries.unpack(made_up)
    assert native_libraries.properties(made_up) == []


def test_the_real_jars_hold_what_is_looked_for() -> None:
    runtime = layout.runtime()
    native_libraries.unpack(runtime)
    if not native_libraries._is_known_machine():
        pytest.skip("the libraries bring their own way to this machine")
    assert len(native_libraries.properties(runtime)) == 3
