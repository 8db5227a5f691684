"""`deploy/prepare.sh`: installs what is missing where it may, and says in one sentence what is missing where it may not."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "deploy" / "prepare.sh"


@pytest.fixture
def machine(tmp_path: Path) -> Any:
    """A machine with the given programs only; each is a line of shell. What apt-get was asked for is in `asked`."""

    def made(**programs: str) -> Path:
        for name, line in ({"mkdir": "true", "id": "echo 1000"} | programs).items():
            program = tmp_path / name.replace("_", "-")
            program.write_text(f"#!/bin/sh\n{line}\n")
            program.chmod(0o755)
        return tmp_path

    return made


def prepare(machine: Path, *names: str, python: str = sys.executable) -> "subprocess.CompletedProcess[str]":
    environ = {"PATH": str(machine), "PYTHON": python}
    return subprocess.run(["/bin/sh", SCRIPT, *names], env=environ, capture_output=True, text=True)


def test_what_is_there_is_not_installed(machine: Any) -> None:
    done = prepare(machine(chromium="true"), "python", "chromium")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_the_right_to_install_one_sentence_names_all_that_is_missing(machine: Any) -> None:
    done = prepare(machine(apt_get="exit 1"), "python", "chromium", python="/nowhere/python3")
    assert done.returncode == 2
    assert done.stderr == (
        "Missing, and not to be installed by this user: python3-venv chromium (Python 3.11 or newer); "
        "run 'apt-get install python3-venv chromium' as root, then try again.\n"
    )


def test_a_python_that_is_too_old_is_missing(machine: Any) -> None:
    done = prepare(machine(), "python", python="/bin/false")
    assert done.returncode == 2
    assert "Python 3.11 or newer" in done.stderr


def test_on_a_machine_without_apt_get_it_says_the_same(machine: Any) -> None:
    done = prepare(machine(id="echo 0"), "chromium")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "chromium" in done.stderr


@pytest.mark.parametrize("programs", [{"id": "echo 0"}, {"sudo": '[ "$2" = true ] && exit 0; shift; exec "$@"'}])
def test_root_and_sudo_install(machine: Any, tmp_path: Path, programs: dict[str, str]) -> None:
    apt = f'echo "$@" >>{tmp_path}/asked; [ "$1" = update ] || {{ echo "#!/bin/sh" >{tmp_path}/chromium; /bin/chmod +x {tmp_path}/chromium; }}'
    done = prepare(machine(apt_get=apt, sh="true", env='shift; exec "$@"', **programs), "python", "chromium")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Installing chromium (once) ...\n", "")
    assert (tmp_path / "asked").read_text().splitlines() == [
        "update -qq",
        "install -y -qq --no-install-recommends chromium",
    ]


def test_the_script_is_plain_shell() -> None:
    """Debian's /bin/sh has no arrays and no [[."""
    assert subprocess.run(["/bin/sh", "-n", SCRIPT], env=dict(os.environ)).returncode == 0
