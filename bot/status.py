"""What the service tells about itself: whether it is well, and its counters. Nothing in it points to a client."""

import asyncio
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy import Connection
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.store.database import Database, StoreError, Tx
from bot.store.tables import handovers, inbox, outbox

# Whoever watches the service waits no longer than about this.
PATIENCE_SECONDS = 5.0
# A proxy adds one of these; through it the whole world would come from loopback.
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
# What waits or is stuck; what is done is no queue.
_QUEUES = (
    ("msiri_inbox_rows", inbox.c.source, inbox.c.status, ("new", "parked")),
    ("msiri_outbox_rows", outbox.c.channel, outbox.c.status, ("ready", "sending", "dead")),
    ("msiri_handovers", sa.literal("all"), handovers.c.status, ("waiting", "taken")),
)

T = TypeVar("T")
Size = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Status:
    """`GET /health` for anybody, `GET /metrics` for programs on this machine."""

    database: Database

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/health", self.health), Route("/metrics", self.metrics)]

    async def health(self, _: Request) -> Response:
        """Say 200 and "ok", or 503 and "degraded" while the database is away."""
        if await self._read(_alive) is None:
            return JSONResponse({"status": "degraded", "database": "away"}, 503)
        return JSONResponse({"status": "ok"})

    async def metrics(self, request: Request) -> Response:
        """Give counters and queue sizes in Prometheus' text format; 404 for everybody but direct callers on loopback."""
        if not is_local(request.client.host if request.client else "", request.headers):
            return Response("Not Found", 404)
        body = generate_latest(metrics.REGISTRY) + generate_latest(_registry(await self._read(_sizes)))
        return Response(body, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    async def _read(self, tx: Tx[T]) -> T | None:
        """Return what `tx` reads, None while the database is away."""
        try:
            return await asyncio.wait_for(self.database.read(tx), PATIENCE_SECONDS)
        except (StoreError, TimeoutError):
            return None


def is_local(host: str, headers: Headers) -> bool:
    """Return whether a request comes from a program on this machine, and not through a proxy on it."""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
    return loopback and not any(name in headers for name in FORWARDED)


def _alive(conn: Connection) -> bool:
    return bool(conn.execute(sa.select(1)).scalar())


def _sizes(conn: Connection) -> list[Size]:
    found: list[Size] = []
    for name, kind, status, counted in _QUEUES:
        query = sa.select(kind, status, sa.func.count()).where(status.in_(counted)).group_by(kind, status)
        found += [(name, row[0].partition(":")[0], row[1], row[2]) for row in conn.execute(query)]
    return found


class _Snapshot(Collector):
    """The sizes of one moment, as metrics."""

    def __init__(self, sizes: Sequence[Size] | None) -> None:
        self.sizes = sizes

    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily(
            "msiri_database_up", "Whether the database answers", value=float(self.sizes is not None)
        )
        for name, *_ in _QUEUES:
            family = GaugeMetricFamily(name, "Rows that wait or are stuck", labels=("kind", "status"))
            for _, kind, status, size in (one for one in self.sizes or () if one[0] == name):
                family.add_metric((kind, status), size)
            yield family


def _registry(sizes: Sequence[Size] | None) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Snapshot(sizes))
    return registry
