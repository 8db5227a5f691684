"""`make demo`: the whole service on loopback, in a fresh folder, with a demo clinic, two counselors and a shift lead."""

import secrets
import tempfile
from contextlib import closing
from pathlib import Path

import typer

from bot.app import build
from bot.config import Config
from bot.open import opened
from bot.serving import listen, served
from bot.staff import Staff
from knowledge_base import library

HOST = "127.0.0.1"
_HOURS = ["08:00-13:00", "14:00-17:00"]
COUNSELORS = (("amani", "Amani", "counselor"), ("zuri", "Zuri", "counselor"), ("lela", "Lela", "lead"))


def demo_config(folder: Path, port: int) -> Config:
    """Return a configuration that keeps everything in `folder` and listens on loopback only."""
    services = [
        {"id": "hiv-test", "en": "HIV test", "sw": "Kipimo cha HIV", "minutes": 30, "seats": 2},
        {"id": "prep", "en": "PrEP visit", "sw": "PrEP", "minutes": 30, "seats": 1},
        {"id": "pep", "en": "PEP, urgent", "sw": "PEP, haraka", "minutes": 30, "seats": 1},
        {"id": "checkup", "en": "Check-up", "sw": "Uchunguzi", "minutes": 30, "seats": 1},
    ]
    hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _HOURS) | {"sat": ["09:00-13:00"]}
    return Config.model_validate(
        {
            "web": {"host": HOST, "port": port, "public_url": f"http://{HOST}:{port}"},
            "database": {"url": f"sqlite:///{folder}/msiri.db"},
            "keys": {"source": f"file:{folder}/root.key", "keyring": f"{folder}/keyring.json"},
            "organisation": {"name": "the demo organisation"},
            "clinic": {"name": "Demo clinic", "place": "the demo clinic", "hours": hours, "services": services},
        }
    )


async def run(port: int) -> None:
    """Serve the demo until Ctrl-C; its folder is removed at the end. Port 0 is any free one."""
    with tempfile.TemporaryDirectory(prefix="msiri-demo-") as name, closing(listen(HOST, port)) as listener:
        config = demo_config(Path(name), listener.getsockname()[1])
        async with opened(config, create=True) as (database, vault):
            app = await build(config, database, vault, library.load())
            typer.echo(await _welcome(app.staff, config.web.public_url))
            await served(app, listener)
    typer.echo("The demo has ended; its data are gone.")


async def _welcome(staff: Staff, address: str) -> str:
    """Add the counselors; return what to open, and with which logins."""
    lines = ["", f"  Chat as a client      {address}/chat", f"  Counselors' console   {address}/console", ""]
    for login, alias, role in COUNSELORS:
        passphrase = f"demo-{secrets.token_hex(4)}-{login}"
        await staff.add(login, alias, passphrase, role, on_shift=True)
        lines.append(f"  login {login:<6} passphrase {passphrase}")
    return "\n".join([*lines, "", "  Try: condom imepasuka jana usiku nifanye nini", "  Ctrl-C ends the demo.", ""])
