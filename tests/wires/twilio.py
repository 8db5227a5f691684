"""A pretend Twilio: its messages API as a server on the loopback address, stateful and strict, for WhatsApp and SMS.

    twilio = PretendTwilio(webhook_url="https://line.example.org/twilio/messages", dns={"https://line.example.org": ours})
    async with serving(twilio.app) as base:
        client = Client(twilio.account_sid, twilio.auth_token)
        client.api.base_url = base

Everything is checked by rules of its own and by Twilio's description if it is there; what they find is in `problems`,
which a test expects to be empty.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.wires.faults import Fault, Faults, TooMany, suffer
from tests.wires.spec import twilio_spec
from tests.wires.twilio_create import FIELDS, NOT_PRETENDED, create
from tests.wires.twilio_list import PARAMETERS, listed
from tests.wires.twilio_people import People
from tests.wires.twilio_world import VERSION, Json, Message, Refused, World

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "fedcba9876543210" * 2
FINAL = ("sent", "delivered", "read", "undelivered", "failed", "received", "canceled")
OPERATIONS = {
    ("POST", False): ("create", FIELDS - NOT_PRETENDED),
    ("GET", False): ("list", PARAMETERS),
    ("GET", True): ("fetch", frozenset[str]()),
    ("POST", True): ("update", frozenset(("Body", "Status"))),
    ("DELETE", True): ("delete", frozenset[str]()),
}
ERROR_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(slots=True)
class Call:
    """A request that came in, and what became of it: 2xx when it was done (whether we heard so or not), an error
    status when it was refused, 0 when it was lost before."""

    operation: str
    form: dict[str, str]
    sid: str = ""
    status: int = 0


class PretendTwilio(People):
    """`dns` maps public base addresses (of webhook and status callbacks) to the local ones where they are served."""

    def __init__(
        self,
        account_sid: str = ACCOUNT,
        auth_token: str = TOKEN,
        whatsapp_from: str = "whatsapp:+14155238886",
        sms_from: str = "+254711000001",
        webhook_url: str = "https://line.example.org/twilio/messages",
        dns: dict[str, str] | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        world = World(account_sid, [whatsapp_from, sms_from], clock)
        super().__init__(world, auth_token, webhook_url, dns if dns is not None else {})
        self.account_sid, self.auth_token = account_sid, auth_token
        self.calls: list[Call] = []
        self.faults = Faults()
        self.media_fetched = 0
        self.app = Starlette(routes=self._routes(), exception_handlers={Exception: self._broken})

    def _routes(self) -> list[Route]:
        base = f"/{VERSION}/Accounts/{{account}}/Messages"
        verbs = ["GET", "POST", "DELETE"]
        return [
            Route(f"{base}.json", self._endpoint, methods=verbs),
            Route(f"{base}/{{sid}}.json", self._endpoint, methods=verbs),
            Route("/media/{path:path}", self._media, methods=["GET", "HEAD"]),
            Route("/{path:path}", self._nothing, methods=[*verbs, "PUT", "PATCH"]),
        ]

    @property
    def now(self) -> datetime:
        """The time at Twilio."""
        return self.world.now

    @now.setter
    def now(self, moment: datetime) -> None:
        self.world.now = moment

    def fail_next(self, operation: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of `create`, `list`, `fetch`, `update` or `delete` suffer `fault`."""
        self.faults.add(operation, fault, times)

    def slow(self, to: str, seconds: float) -> None:
        """Answer calls about this To address only after `seconds`."""
        self.faults.slow(to, seconds)

    def called(self, operation: str) -> list[dict[str, str]]:
        """The parameters of all calls of `operation`, in order."""
        return [call.form for call in self.calls if call.operation == operation]

    async def _endpoint(self, request: Request) -> Response:
        sid = request.path_params.get("sid", "")
        operation, known = OPERATIONS.get((request.method, bool(sid)), ("", frozenset[str]()))
        call = Call(operation, await _form(request), sid)
        self.calls.append(call)
        if not operation:
            return _error(call, Refused(405, 20004, "Method not allowed"))
        if not self._authorised(request):
            return _error(call, Refused(401, 20003, "Authenticate"))
        wrong = self._checked(request, call, known)
        await self.faults.wait(call.form.get("To"))
        accept = partial(self._accept, call, wrong)
        return await suffer(request, self.faults.take(operation), accept, partial(_fault, call))

    def _authorised(self, request: Request) -> bool:
        login = b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        same = request.path_params["account"] == self.account_sid
        return same and request.headers.get("authorization", "") == f"Basic {login}"

    def _checked(self, request: Request, call: Call, known: frozenset[str]) -> list[str]:
        """Twilio ignores a parameter that it does not know; here it is refused: it is a mistake of ours."""
        wrong = [f"unknown parameter {name}" for name in call.form if name not in known]
        kind = request.headers.get("content-type", "")
        if request.method == "POST" and not kind.startswith("application/x-www-form-urlencoded"):
            wrong.append(f"content type {kind}")
        body = call.form if request.method == "POST" else {}
        found = wrong + twilio_spec().request(request.method, request.url.path, body)
        self.problems += [f"{call.operation}: {problem}" for problem in found]
        return wrong

    async def _accept(self, call: Call, wrong: list[str]) -> Response:
        """Do it, or refuse it."""
        try:
            if wrong:
                raise Refused(400, 20001, wrong[0])
            status, body = self._do(call)
        except Refused as refused:
            return _error(call, refused)
        call.status = status
        return JSONResponse(body, status) if body is not None else Response(status_code=status)

    def _do(self, call: Call) -> tuple[int, Json | None]:
        match call.operation:
            case "create":
                return 201, self._create(call)
            case "list":
                return 200, listed(self.world, call.form)
            case "fetch":
                return 200, self._shown(call.sid)
            case "update":
                return 200, self._update(call)
        self._finished(call.sid)
        del self.world.messages[call.sid]
        return 204, None

    def _create(self, call: Call) -> Json:
        message = create(self.world, call.form)
        shown = self._shown(message.record["sid"])
        self._carry(message)
        return shown

    def _shown(self, sid: str) -> Json:
        record = dict(self.world.message(sid).record)
        self.problems += [f"answer: {problem}" for problem in twilio_spec().message(record)]
        return record

    def _update(self, call: Call) -> Json:
        """An empty body redacts; nothing else can be changed once a message is out."""
        if call.form.get("Body") != "" or "Status" in call.form:
            raise Refused(400, 20001, "only an empty Body may be set")
        self.world.changed(self._finished(call.sid), body="")
        return self._shown(call.sid)

    def _finished(self, sid: str) -> Message:
        message = self.world.message(sid)
        if message.record["status"] not in FINAL:
            raise Refused(409, 20009, "Message is still in progress, delivery hasn't been completed")
        return message

    async def _media(self, _: Request) -> Response:
        """A picture that nobody may fetch."""
        self.media_fetched += 1
        return Response(b"\xff\xd8\xff", media_type="image/jpeg")

    async def _nothing(self, request: Request) -> Response:
        self.problems.append(f"{request.method} {request.url.path}: no such resource, or not pretended")
        text = f"The requested resource {request.url.path} was not found"
        return _error(Call("", {}), Refused(404, 20404, text))

    async def _broken(self, request: Request, error: Exception) -> Response:
        """The pretending itself went wrong."""
        self.problems.append(f"{request.method} {request.url.path}: {error!r} in the pretend server")
        return Response(ERROR_PAGE, 500, media_type="text/html")


def _error(call: Call, refused: Refused) -> Response:
    call.status = call.status or refused.status
    body = {"code": refused.code, "message": refused.message, "status": refused.status}
    return JSONResponse(body | {"more_info": f"https://www.twilio.com/docs/errors/{refused.code}"}, refused.status)


def _fault(call: Call, fault: Fault) -> Response:
    if isinstance(fault, TooMany):
        answer = _error(call, Refused(429, 20429, "Too Many Requests"))
        answer.headers["Retry-After"] = str(fault.retry_after)
        return answer
    call.status = call.status or 502
    return Response(ERROR_PAGE, 502, media_type="text/html")


async def _form(request: Request) -> dict[str, str]:
    """The query of a GET, the form of a POST."""
    body = (await request.body()).decode() if request.method == "POST" else request.url.query
    return dict(parse_qsl(body, keep_blank_values=True))
