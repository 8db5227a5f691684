"""Where objects meet: built from the configuration, started, stopped. The only place that chooses implementations."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from bot import log, world
from bot.carriers import ToClient, ToDesk, ToPage
from bot.channels import Misconfigured, Unreachable
from bot.channels.telegram import TelegramChannel
from bot.channels.twilio import TwilioChannel
from bot.channels.webchat import Bells
from bot.config import Config, ConfigProblem
from bot.console.casework import Casework
from bot.console.desk import DeskPages
from bot.deliveries import Deliveries
from bot.effects import DeskGets
from bot.inbox import Inbox
from bot.limiter import Limiter
from bot.log import Code
from bot.outbox import Carrier, Outbox
from bot.polling import Poller, Telegram
from bot.readback import ReadBack
from bot.reminders import Reminders
from bot.staff import Staff
from bot.status import Status
from bot.store.conversations import Vault
from bot.store.database import Conflict, Database, StoreError
from bot.timers import Timers
from bot.turn import Turns
from bot.watch import Watch
from bot.web.chat import Chat
from bot.web.pages import STATIC
from bot.web.security import SecurityHeaders
from bot.web.stream import Streams
from bot.webhooks import TelegramHook, TwilioHook, unavailable
from bot.world import Clock, World
from knowledge_base.library import Library


@dataclass(slots=True)
class App:
    """The running service: its parts, its background loops, and the web application in front."""

    config: Config
    database: Database
    vault: Vault
    world: World
    bells: Bells = field(default_factory=Bells)
    carriers: dict[str, Carrier] = field(default_factory=dict)
    routes: list[BaseRoute] = field(default_factory=list)
    loops: list[Coroutine[Any, Any, None]] = field(default_factory=list)
    turns: Turns = field(init=False)
    inbox: Inbox = field(init=False)
    outbox: Outbox = field(init=False)
    reminders: Reminders = field(init=False)
    staff: Staff = field(init=False)
    streams: Streams = field(init=False)
    timers: Timers = field(init=False)
    closing: AsyncExitStack = field(default_factory=AsyncExitStack)

    def __post_init__(self) -> None:
        """Connect inbox, turns and outbox."""
        self.turns = Turns(self.database, self.vault, self.world, desk=_desk_gets(self.config))
        self.inbox = Inbox(self.database, self.vault, self.turns)
        self.outbox = Outbox(self.database, self.vault, self.inbox, self.carriers, Limiter())
        self.turns.sent = self.outbox.wake
        self.staff = Staff(self.database)
        self.streams = Streams(self.bells)
        self.timers = Timers(self.database, self.vault, self.inbox, self.world.reply_minutes)
        self.reminders = Reminders(self.database, self.vault, self.inbox)
        self.loops += [self.inbox.sweep(), self.outbox.run(), self.timers.run(), self.reminders.run()]

    def web(self) -> Starlette:
        """Return the web application."""
        secure = self.config.web.public_url.startswith("https://")
        static = Mount("/static", StaticFiles(directory=STATIC))
        return Starlette(
            routes=[*self.routes, *Status(self.database).routes(), static],
            middleware=[Middleware(SecurityHeaders, secure=secure)],
            exception_handlers=dict.fromkeys((StoreError, Conflict), unavailable),
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the background loops; on leaving stop them, end the streams, finish what is in flight, close connections."""
        tasks = [asyncio.get_running_loop().create_task(_told(loop)) for loop in self.loops]
        log.say(Code.STARTED)
        try:
            yield
        finally:
            self.streams.close()
            await _stop(tasks)
            await self.inbox.stop()
            await self.closing.aclose()
            log.say(Code.STOPPED)

    async def abandon(self) -> None:
        """Let go of what was made for a service that will not run."""
        for loop in self.loops:
            loop.close()
        await self.closing.aclose()


def _desk_gets(config: Config) -> DeskGets:
    if config.telegram.token is None or config.telegram.desk_chat_id is None:
        return "off"
    return "content" if config.desk.content else "notices"


async def _told(loop: Coroutine[Any, Any, None]) -> None:
    """Run a loop; one that ends by a fault of ours must not do so in silence."""
    try:
        await loop
    except Exception as error:
        log.say(Code.LOOP_FAILED, error)
        raise


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def build(config: Config, database: Database, vault: Vault, library: Library, now: Clock | None = None) -> App:
    """Return the service that `config` describes, on the wall clock unless `now` is given.

    Raises `ConfigProblem` when a channel cannot be had.
    """
    app = App(config, database, vault, world.make(config, library, now))
    try:
        await _add_channels(app)
    except BaseException:
        await app.abandon()
        raise
    return app


async def _add_channels(app: App) -> None:
    _add_web(app)
    if app.config.telegram.token is not None:
        await _add_telegram(app, app.config.telegram.token.get_secret_value())
    if app.config.twilio.account_sid:
        _add_twilio(app)


def _add_web(app: App) -> None:
    web = app.config.web
    app.carriers["web"] = ToPage(app.database, app.bells, app.inbox.now)
    chat = Chat(app.database, app.vault, app.inbox, app.bells, app.streams, web.public_url, web.leave_url)
    work = Casework(app.database, app.inbox, app.bells, app.world.load_cap)
    desk = DeskPages(work, app.vault, app.staff, app.streams, web.public_url, app.world.template)
    app.routes += [*chat.routes(), *desk.routes()]


async def _add_telegram(app: App, token: str) -> None:
    section = app.config.telegram
    channel = TelegramChannel(token, section.api_base_url)
    app.closing.push_async_callback(channel.close)
    app.carriers["telegram"] = ToClient(channel, app.inbox.now)
    bot_id, watch = await _bot_id(channel, token), Watch(app.database, app.vault, app.staff)
    telegram = Telegram(channel, app.inbox, app.staff, app.vault, bot_id, section.desk_chat_id, watch)
    app.closing.push_async_callback(telegram.close)
    if section.desk_chat_id is not None:
        app.carriers["desk"] = ToDesk(app.database, channel, section.desk_chat_id, content=app.config.desk.content)
    if section.mode == "polling":
        app.loops.append(Poller(telegram, app.database).run())
    else:
        _add_hook(app, telegram)


async def _bot_id(channel: TelegramChannel, token: str) -> int:
    """Ask Telegram, which finds out a wrong token; while it is away the other channels must start all the same."""
    try:
        return await channel.me()
    except Unreachable as error:
        log.say(Code.POLL_FAILED, error)
    bot_id = token.partition(":")[0]
    if not bot_id.isdecimal():
        raise Misconfigured("no token")
    return int(bot_id)


def _add_hook(app: App, telegram: Telegram) -> None:
    secret, public = app.config.telegram.webhook_secret, app.config.web.public_url
    if secret is None or not public:
        raise ConfigProblem(
            '[telegram] mode = "webhook" needs webhook_secret and [web] public_url; set both or use "polling"'
        )
    hook = TelegramHook(telegram, secret.get_secret_value())
    app.routes += hook.routes()
    app.loops.append(hook.register(public))


def _add_twilio(app: App) -> None:
    section, public = app.config.twilio, app.config.web.public_url
    if section.auth_token is None or not public:
        raise ConfigProblem("[twilio] needs auth_token and [web] public_url, over which Twilio signs; set both")
    token = section.auth_token.get_secret_value()
    status = f"{public}/twilio/status"
    senders = {"whatsapp": section.whatsapp_from, "sms": section.sms_from}
    templates = {"reply": section.reply_template} if section.reply_template else {}
    channel = TwilioChannel(section.account_sid, token, senders, status, section.api_base_url, templates=templates)
    app.closing.push_async_callback(channel.close)
    app.carriers.update({name: ToClient(channel, app.inbox.now) for name in ("whatsapp", "sms")})
    deliveries = Deliveries(app.database, app.vault, app.inbox)
    app.routes += TwilioHook(app.inbox, deliveries, token, public).routes()
    app.loops.append(ReadBack(channel, app.inbox, app.database).run())
