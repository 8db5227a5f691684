"""A throw-away PostgreSQL server on loopback for the tests; it is gone with them."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL is missing: run sh deploy/prepare.sh postgresql, or set MSIRI_TEST_POSTGRES=off to do without it"
_OPTIONS = "-c fsync=off -c full_page_writes=off -c max_connections=60 -c unix_socket_directories=''"


def switched_off() -> bool:
    """Return whether somebody chose to test without PostgreSQL."""
    return os.environ.get("MSIRI_TEST_POSTGRES") == "off"


def binaries(installed: Path = Path("/usr/lib/postgresql")) -> Path:
    """Return the folder of PostgreSQL's programs; without them the tests cannot prove what they claim."""
    found = sorted(installed.glob("*/bin/initdb"), key=lambda initdb: float(initdb.parts[-3]))
    if not found:
        raise RuntimeError(MISSING)
    return found[-1].parent


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a running server, without a database name."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="msiri-postgres-"))
    try:
        port = _free_port()
        initdb: list[str | Path] = [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "msiri",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        _as_nobody(initdb, folder)
        control: list[str | Path] = [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
        _as_nobody([*control, "-o", f"{_OPTIONS} -c port={port} -c listen_addresses=127.0.0.1", "start"], folder)
        try:
            yield f"postgresql://msiri@127.0.0.1:{port}"
        finally:
            _as_nobody([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(address: str) -> Iterator[str]:
    """Yield the address of a new, empty database."""
    name = f"test_{secrets.token_hex(6)}"
    _sql(address, f"create database {name}")
    try:
        yield f"{address}/{name}"
    finally:
        _sql(address, f"drop database {name} with (force)")


def _sql(address: str, statement: str) -> None:
    subprocess.run([binaries() / "psql", "-q", f"{address}/postgres", "-c", statement], check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_nobody(command: Sequence[str | Path], folder: Path) -> None:
    """Run a server program; as root under another account, since PostgreSQL refuses root."""
    user = None
    if os.geteuid() == 0:
        user = "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"
        shutil.chown(folder, user)
    # Into a file, not a pipe: the server would inherit the pipe and hold it open.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, user=user, cwd=folder)
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {said.read().decode(errors='replace')}")
