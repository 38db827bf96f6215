"""`troupe cert`: makes the keys by which the processes of a cluster know each other."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import subprocess
from pathlib import Path

from troupe.cli.failure import CommandError
from troupe.launch import java

KEY_STORE = "cluster.p12"
PASSWORD = "cluster.password"
_DAYS = 3650
_SECONDS = 60


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="troupe cert",
        description="Makes a key and its certificate for one cluster. Copy the folder, readable by you alone, to every machine of the"
        " cluster and name it there: `troupe node --tls FOLDER`, `troupe run --tls FOLDER`. Whoever holds it is a member.",
    )
    parser.add_argument("folder", type=Path, help="where to; made if missing")
    parser.add_argument("--days", type=int, default=_DAYS, help="how long the certificate holds (default %(default)s)")
    options = parser.parse_args(words)
    if not 1 <= options.days <= 36500:
        raise CommandError(f"--days {options.days} is not from 1 to 36500", 2)
    make(options.folder, options.days)
    print(f"keys of a cluster: {options.folder}")
    return 0


def make(folder: Path, days: int = _DAYS) -> None:
    """Writes the key store and its password into a folder that only this user can read.

    Raises:
        CommandError: the folder has keys already, cannot be written, or no tool can make keys.
    """
    store, password = folder / KEY_STORE, folder / PASSWORD
    for file in (store, password):
        if file.exists():
            raise CommandError(f"{file} is there already; remove it to make new keys (all members need the same ones)")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as text:
            text.write(secrets.token_hex(32) + "\n")
    except OSError as error:
        raise CommandError(f"cannot write to {folder}: {error.strerror}") from None
    try:
        _run(_keytool(), store, password, days)
    except BaseException:
        password.unlink()
        raise
    store.chmod(0o600)


def _keytool() -> str:
    beside = java.find().command.with_name("keytool")
    found = str(beside) if beside.exists() else shutil.which("keytool")
    if not found:
        raise CommandError(
            "no keytool beside this Java; it comes with a JDK: install JDK 25, or make the keys on a machine that has it"
        )
    return found


def _run(keytool: str, store: Path, password: Path, days: int) -> None:
    words = ["-genkeypair", "-alias", "cluster", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=troupe"]
    words += ["-validity", str(days), "-storetype", "PKCS12", "-keystore", str(store), "-storepass:file", str(password)]
    done = subprocess.run([keytool, *words], capture_output=True, text=True, timeout=_SECONDS, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise CommandError(f"keytool failed: {(done.stdout + done.stderr).strip()[-500:]}")
