"""The command line's own words: help, options, exit codes, tracebacks."""

from __future__ import annotations

import sys

import pytest

from troupe.cli import main, node, run, stamps
from troupe.cli.failure import CommandError


@pytest.mark.parametrize("command", ["run", "shell", "node", "simulate", "test", "build", "doctor", "version"])
def test_every_command_has_help(command, capsys):
    try:
        code = main.main([command, "--help"])
    except SystemExit as left:
        code = left.code
    assert code == 0
    assert f"troupe {command}" in capsys.readouterr().out


def test_an_unknown_command_lists_the_others(capsys):
    assert main.main(["fly"]) == 2
    assert "run, shell, node" in capsys.readouterr().err


def test_options_before_the_script_are_the_launchers_and_after_it_the_scripts():
    settings, script = run.parse(["--master", "local[3]", "--conf", "a=b=c", "--conf=d=", "job.py", "--master", "x"])
    assert settings == {"spark.master": "local[3]", "a": "b=c", "d": ""}
    assert script == ["job.py", "--master", "x"]


@pytest.mark.parametrize("words", [["--conf", "nothing"], ["--conf"], ["--frobnicate", "x"]])
def test_bad_options_are_refused_with_the_usage(words):
    with pytest.raises(CommandError, match="usage: troupe run"):
        run.parse(words)


def test_a_missing_script_is_named(capsys):
    assert main.main(["run", "no/such/script.py"]) == 1
    assert "no/such/script.py: No such file" in capsys.readouterr().err


@pytest.fixture
def _no_setup(monkeypatch):
    monkeypatch.setattr("troupe.cli.setup.ensure", lambda quiet_java=True: None)
    saved = sys.modules["__main__"], list(sys.argv), list(sys.path), list(sys.meta_path)
    yield
    sys.modules["__main__"], sys.argv[:], sys.path[:], sys.meta_path[:] = saved


@pytest.mark.usefixtures("_no_setup")
def test_a_script_sees_its_arguments_and_is_main(tmp_path, capsys):
    script = tmp_path / "job.py"
    script.write_text("import sys\nprint(sys.argv[1:], __name__, sys.path[0])\n")
    assert main.main(["run", str(script), "a", "--b"]) == 0
    assert capsys.readouterr().out == f"['a', '--b'] __main__ {tmp_path}\n"


@pytest.mark.usefixtures("_no_setup")
def test_a_failing_script_shows_its_own_frames_only(tmp_path, capsys):
    script = tmp_path / "job.py"
    script.write_text("def f():\n    raise ValueError('mine')\nf()\n")
    assert main.main(["run", str(script)]) == 1
    shown = capsys.readouterr().err
    assert "ValueError: mine" in shown
    assert "job.py" in shown
    assert "cli/run.py" not in shown


@pytest.mark.usefixtures("_no_setup")
def test_a_scripts_exit_code_is_the_commands(tmp_path):
    script = tmp_path / "job.py"
    script.write_text("import sys\nsys.exit(7)\n")
    with pytest.raises(SystemExit) as left:
        main.main(["run", str(script)])
    assert left.value.code == 7


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (["--port", "70000"], "70000"),
        (["--cores", "0"], "at least one"),
        (["--seeds", "here"], "'here' is not HOST:PORT"),
        (["--conf", "x"], "KEY=VALUE"),
    ],
)
def test_a_nodes_options_are_checked(words, word):
    with pytest.raises(CommandError, match=word):
        node._settings(node._parser().parse_args(words))


def test_a_build_is_stale_when_a_source_changes_and_fresh_when_only_times_do(tmp_path):
    source = tmp_path / "room" / "src" / "main" / "java" / "A.java"
    source.parent.mkdir(parents=True)
    for file in (tmp_path / "pom.xml", tmp_path / "room" / "pom.xml", source):
        file.write_text("one")
    (tmp_path / "build" / "r" / "jars").mkdir(parents=True)
    stamps.write(tmp_path, stamps.Stamp("r", stamps.listing(tmp_path), stamps.content(tmp_path)))
    assert stamps.is_fresh(tmp_path)
    source.touch()
    assert stamps.is_fresh(tmp_path)
    source.write_text("two")
    assert not stamps.is_fresh(tmp_path)
