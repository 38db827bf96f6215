"""Starts the driver JVM and reads where it listens.

The client makes a private folder and passes the path of a file in it; the JVM binds loopback ports, writes the file under
another name and renames it. The JVM's stdin is a pipe of this process: when this process ends, however it ends, the JVM
reads end-of-file and exits. Settings travel in a file of the private folder, never as arguments, which every user of the
machine can read.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shlex
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from troupe.launch import flags, java, layout, native_libraries, private_folder
from troupe.launch.stderr_pump import StderrPump

MAIN_CLASS = "io.troupe.driver.Main"
START_LIMIT_SECONDS = 120.0
STOP_LIMIT_SECONDS = 10.0
TRAINING_LIMIT_SECONDS = 300.0
TRAIN_VARIABLE = "TROUPE_AOT_TRAIN"

PYTHON_VERSION = "spark.troupe.python.version"

_POLL_SECONDS = 0.002


class JvmStartError(RuntimeError):
    """The JVM did not come up; the message names the Java, the command and the JVM's last lines."""


@dataclass(frozen=True)
class Endpoint:
    """Where the JVM listens (loopback), and the secret that both of its doors ask for."""

    py4j_port: int
    secret: str
    data_port: int


class Connection:
    """A running driver JVM. `stop` ends it; so does the end of this process."""

    def __init__(self, endpoint: Endpoint, process: subprocess.Popen[bytes], pump: StderrPump, runs: java.Java) -> None:
        self.endpoint = endpoint
        self.process = process
        self.java = runs
        self._pump = pump
        self._owner = os.getpid()
        atexit.register(self.stop)

    @property
    def port(self) -> int:
        return self.endpoint.py4j_port

    @property
    def secret(self) -> str:
        return self.endpoint.secret

    @property
    def data_port(self) -> int:
        return self.endpoint.data_port

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def last_lines(self) -> str:
        """The end of what the JVM wrote to stderr, for the error of a call that met a dead JVM."""
        return self._pump.tail()

    def stop(self) -> None:
        """Closes the JVM's stdin, which asks it to exit, and waits for it; kills it if it does not."""
        atexit.unregister(self.stop)
        if os.getpid() != self._owner:
            return
        with contextlib.suppress(OSError):
            _stdin(self.process).close()
        training = TRAIN_VARIABLE in os.environ
        try:
            self.process.wait(TRAINING_LIMIT_SECONDS if training else STOP_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._pump.finish()


class Starting:
    """A JVM on its way up. Between `spawn` and `wait` the caller is free to load what it needs anyway."""

    def __init__(
        self, runs: java.Java, command: list[str], folder: private_folder.PrivateFolder, environment: dict[str, str]
    ) -> None:
        self._java = runs
        self._command = command
        self._folder = folder
        self._file = folder.path / "connection"
        try:
            self._process = subprocess.Popen(  # type: ignore[call-overload]
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment, "TROUPE_CONNECTION_FILE": str(self._file)},
                **_own_group(),
            )
        except OSError as error:
            folder.close()
            raise JvmStartError(_describe(runs, command, f"it cannot be executed: {error}", "")) from error
        self._pump = StderrPump(self._process)
        _close_in_forked_children(self._process)

    def wait(self, limit: float = START_LIMIT_SECONDS) -> Connection:
        """Blocks until the JVM listens; raises `JvmStartError`, and leaves no process, when it exits or takes too long."""
        deadline = time.monotonic() + limit
        try:
            while not self._file.exists():
                code = self._process.poll()
                if code is not None and not self._file.exists():
                    raise self._failed(_how_it_ended(code))
                if time.monotonic() > deadline:
                    raise self._failed(f"it did not answer within {limit:.0f} s")
                time.sleep(_POLL_SECONDS)
            endpoint = _read_endpoint(self._file.read_bytes())
        except BaseException:
            self._abandon()
            raise
        finally:
            self._folder.close()
        self._pump.forward()
        return Connection(endpoint, self._process, self._pump, self._java)

    def _failed(self, reason: str) -> JvmStartError:
        self._abandon()
        return JvmStartError(_describe(self._java, self._command, reason, self._pump.tail()))

    def _abandon(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            _stdin(self._process).close()
        self._pump.finish()


def spawn(conf: Mapping[str, str]) -> Starting:
    """Starts the JVM and returns at once."""
    private_folder.clean_stale()
    runs = java.find()
    command = [str(runs.command), *jvm_arguments(runs, conf), MAIN_CLASS]
    folder = private_folder.PrivateFolder()
    conf_file = folder.path / "conf.json"
    conf_file.write_text(json.dumps({PYTHON_VERSION: _python_version(), **conf}) + "\n")
    return Starting(runs, command, folder, {"TROUPE_CONF_FILE": str(conf_file), **python_environment(conf)})


def python_environment(conf: Mapping[str, str]) -> dict[str, str]:
    """What the JVM starts workers with: this interpreter unless another is asked for, and the modules that this process sees
    beside its script."""
    interpreter = conf.get("spark.pyspark.python") or os.environ.get("PYSPARK_PYTHON") or sys.executable
    folders = list(filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)))
    if layout.checkout():
        folders.append(str(layout.PACKAGE.parent))
    beside = os.path.abspath(sys.path[0]) if sys.path else ""
    if beside and beside not in folders:
        folders.append(beside)
    return {
        "TROUPE_PYTHON_EXECUTABLE": interpreter,
        "PYTHONPATH": os.pathsep.join(folders),
        "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0"),
    }


def start(conf: Mapping[str, str]) -> Connection:
    """Starts the driver JVM with these settings and waits until it listens."""
    return spawn(conf).wait()


def jvm_arguments(runs: java.Java, conf: Mapping[str, str], memory_setting: str = "spark.driver.memory") -> list[str]:
    """Everything between the `java` command and the main class."""
    runtime = layout.runtime()
    extra = conf.get("spark.driver.extraJavaOptions", "")
    arguments = flags.jvm_flags(flags.memory(conf, memory_setting), extra)
    output = os.environ.get(TRAIN_VARIABLE)
    cache = runtime.aot_cache(flags.identity(runs.identity))
    if output:
        # Without the profiles of the training: replayed, they have the optimizing compiler at work on a hundred methods while
        # the first query waits for a core.
        arguments += [f"-XX:AOTCacheOutput={output}", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"]
    elif cache.exists():
        arguments.append(f"-XX:AOTCache={cache}")
    arguments.append(f"-Djava.io.tmpdir={tempfile.gettempdir()}")  # Java itself does not look at TMPDIR
    return [*arguments, *native_libraries.properties(runtime), "-cp", runtime.class_path]


def _python_version() -> str:
    """What executors compare with their own before they take this client's functions."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _own_group() -> dict[str, int]:
    """Ctrl-C belongs to the client: the JVM is put where the terminal's signals do not reach it."""
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined]
    return {"process_group": 0}


def _close_in_forked_children(process: subprocess.Popen[bytes]) -> None:
    """A forked child of this process must not keep the JVM alive by holding its stdin open."""
    if hasattr(os, "register_at_fork"):
        descriptor = _stdin(process)

        def close() -> None:
            with contextlib.suppress(OSError):
                descriptor.close()

        os.register_at_fork(after_in_child=close)


def _stdin(process: subprocess.Popen[bytes]):  # type: ignore[no-untyped-def]
    assert process.stdin is not None
    return process.stdin


def _read_endpoint(content: bytes) -> Endpoint:
    try:
        port, length = struct.unpack_from(">ii", content, 0)
        if length != len(content) - 12:
            raise ValueError(f"a secret of {length} bytes does not fit into it")
        secret = content[8 : 8 + length].decode()
        (data_port,) = struct.unpack_from(">i", content, 8 + length)
        for each in (port, data_port):
            if not 0 < each < 1 << 16:
                raise ValueError(f"{each} is no port")
    except (struct.error, ValueError) as error:
        raise JvmStartError(
            f"The JVM's connection file of {len(content)} bytes is not in the expected form: {error}"
        ) from error
    return Endpoint(port, secret, data_port)


def _how_it_ended(code: int) -> str:
    return f"it was killed by signal {-code}" if code < 0 else f"it exited with code {code} before it listened"


def _describe(runs: java.Java, command: list[str], reason: str, tail: str) -> str:
    """One message with all that is needed to see why: which Java, which command, its last words."""
    shown = shlex.join(_shortened(command))
    last = "\n".join("    " + line for line in tail.splitlines()) or "    (nothing)"
    return (
        f"The Troupe JVM did not start: {reason}.\n"
        f"  Java:    {runs}\n"
        f"  Command: {shown}\n"
        f"  Its last lines:\n{last}\n"
        f"  `troupe doctor` checks the installation."
    )


def _shortened(command: list[str]) -> list[str]:
    """The class path by its folder: forty jar names would hide the rest."""
    shown = list(command)
    if "-cp" in shown:
        place = shown.index("-cp") + 1
        shown[place] = str(Path(shown[place].split(os.pathsep)[0]).parent / "*")
    return shown
