"""Starting a JVM: what is passed, what is read back, and what a failure says. The JVM is a small shell script."""

from __future__ import annotations

import os
import signal
import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from troupe.launch import flags, java, jvm, layout, private_folder

LISTENS = r"""
printf '\000\000\020\341\000\000\000\006secret\000\000\020\342' > "$TROUPE_CONNECTION_FILE.new"
mv "$TROUPE_CONNECTION_FILE.new" "$TROUPE_CONNECTION_FILE"
"""


@pytest.fixture
def a_jvm(tmp_path, monkeypatch):
    """Makes `java` a shell script with the given body."""

    def make(body: str) -> Path:
        home = tmp_path / "java"
        command = home / "bin" / "java"
        command.parent.mkdir(parents=True)
        command.write_text("#!/bin/sh\n" + body)
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(java, "find", lambda to_compile=False: java.Java(home, 25, "25.0.1", "a test"))
        jar = tmp_path / "build" / "jars" / "a.jar"
        jar.parent.mkdir(parents=True)
        jar.touch()
        monkeypatch.setattr(layout, "runtime", lambda: layout.Runtime((jar,), tmp_path / "build"))
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)
        return home

    return make


def test_reads_ports_and_secret_and_leaves_no_folder(a_jvm, tmp_path):
    a_jvm(LISTENS + "read line\n")
    connection = jvm.start({})
    assert (connection.port, connection.secret, connection.data_port) == (4321, "secret", 4322)
    assert not list(tmp_path.glob("troupe-start-*"))
    connection.stop()
    assert not connection.is_alive


def test_settings_travel_in_a_file_and_never_as_arguments(a_jvm, tmp_path):
    seen = tmp_path / "seen"
    a_jvm(
        f'echo "$@" > {seen}\ncat "$TROUPE_CONF_FILE" >> {seen}\n'
        f'ls -ld "$(dirname "$TROUPE_CONF_FILE")" >> {seen}\n{LISTENS}read line\n'
    )
    jvm.start({"spark.my.secret": "hunter2", "spark.driver.memory": "700m"}).stop()
    arguments, conf, folder = seen.read_text().splitlines()
    assert "hunter2" not in arguments
    assert "-Xmx700m" in arguments
    assert arguments.endswith("io.troupe.driver.Main")
    assert '"spark.my.secret": "hunter2"' in conf
    assert folder.startswith("drwx------")


def test_a_jvm_that_dies_gives_one_error_with_java_command_and_last_lines(a_jvm, tmp_path):
    home = a_jvm("echo first >&2\necho 'Error: the reason' >&2\nexit 3\n")
    with pytest.raises(jvm.JvmStartError) as caught:
        jvm.start({})
    message = str(caught.value)
    assert str(home) in message
    assert "io.troupe.driver.Main" in message
    assert "Error: the reason" in message
    assert "code 3" in message
    assert not list(tmp_path.glob("troupe-start-*"))


def test_a_jvm_that_never_answers_is_killed(a_jvm):
    a_jvm("echo thinking >&2\nexec cat\n")
    starting = jvm.spawn({})
    with pytest.raises(jvm.JvmStartError, match="did not answer within 0 s"):
        starting.wait(limit=0.3)
    assert starting._process.poll() is not None


def test_a_java_that_cannot_be_executed_says_so(a_jvm):
    home = a_jvm("exit 0")
    (home / "bin" / "java").chmod(0o644)
    with pytest.raises(jvm.JvmStartError, match="cannot be executed"):
        jvm.start({})


def test_a_killed_client_leaves_no_process(a_jvm, tmp_path):
    """The JVM's stdin is the client's: it reads end-of-file when the client is gone, whatever killed it."""
    ended = tmp_path / "ended"
    os.mkfifo(ended)
    a_jvm(f"{LISTENS}cat > /dev/null\necho gone > {ended}\n")
    child = os.fork()
    if child == 0:
        jvm.start({})
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert ended.read_text() == "gone\n"


def test_ctrl_c_does_not_reach_the_jvm(a_jvm):
    a_jvm(LISTENS + "read line\n")
    connection = jvm.start({})
    assert os.getpgid(connection.process.pid) != os.getpgid(0)
    connection.stop()


def test_folders_of_dead_clients_are_removed_and_those_of_living_ones_kept(a_jvm, tmp_path):
    a_jvm("exit 0")
    dead = tmp_path / "troupe-start-dead"
    dead.mkdir()
    (dead / "owner").touch()
    living = private_folder.PrivateFolder()
    for folder in (dead, living.path):
        os.utime(folder, (1, 1))
    assert private_folder.clean_stale() == 1
    assert not dead.exists()
    assert living.path.exists()
    living.close()


def test_memory_that_is_no_size_names_the_setting():
    with pytest.raises(flags.BadMemoryError, match="spark.driver.memory='lots'"):
        flags.memory({"spark.driver.memory": "lots"})
    with pytest.raises(flags.BadMemoryError, match="at least"):
        flags.memory({"spark.driver.memory": "1m"})


@pytest.mark.parametrize(
    ("text", "size"), [("2g", 2 << 30), ("1024", 1 << 30), ("512m", 512 << 20), ("1T", 1 << 40), ("3GB", 3 << 30)]
)
def test_memory_sizes_are_sparks(text, size):
    assert flags.parse_memory("x", text) == size


def test_a_damaged_connection_file_is_an_error():
    with pytest.raises(jvm.JvmStartError, match="expected form"):
        jvm._read_endpoint(struct.pack(">i", 5))


def test_pyspark_is_troupe_under_the_alias():
    program = (
        "from troupe.launch import alias; alias.install(); import pyspark.launch.jvm as a, troupe.launch.jvm as b; "
        "import pyspark; assert a is b and pyspark.__name__ == 'troupe' and a.__spec__.name == 'troupe.launch.jvm'; "
        "print(pyspark.__version__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("4.2.0", 0), done.stderr


def test_servers_of_logs_run_with_the_quick_compiler_alone():
    short, full = flags.short_lived(1 << 30), flags.jvm_flags(1 << 30)
    assert "-XX:TieredStopAtLevel=1" in short and not any("Threshold" in flag for flag in short)
    assert [flag for flag in full if "Threshold" not in flag] == short[:-1]
