"""What the pretend Twilio refuses, case by case, and who checks the checker."""

import asyncio
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.wires import twilio_create
from tests.wires.spec import twilio_spec
from tests.wires.twilio import ACCOUNT, PretendTwilio
from tests.wires.twilio_fixtures import (
    ASHA,
    SMS,
    WHATSAPP,
    base_fixture,  # noqa: F401
    client_at,
    client_fixture,  # noqa: F401
    create,
    raw,
    receiver_fixture,  # noqa: F401
    twilio_fixture,  # noqa: F401
)

REFUSED: dict[str, tuple[dict[str, Any], int, int]] = {
    "empty To": ({"to": ""}, 400, 21604),
    "To is a name": ({"to": "asha"}, 400, 21211),
    "To without plus": ({"to": "whatsapp:254722000001"}, 400, 21211),
    "To with spaces": ({"to": "+254 722 000001", "from_": SMS}, 400, 21211),
    "no From": ({"from_": None}, 400, 21603),
    "From is a name": ({"from_": "MSIRI"}, 400, 21212),
    "From is not ours": ({"from_": "+254733000009", "to": ASHA}, 400, 21606),
    "From is not ours on WhatsApp": ({"from_": "whatsapp:+254733000009"}, 400, 63007),
    "WhatsApp to SMS": ({"to": ASHA}, 400, 21910),
    "SMS to WhatsApp": ({"from_": SMS}, 400, 21910),
    "to ourselves": ({"to": WHATSAPP}, 400, 21266),
    "no body": ({"body": None}, 400, 21602),
    "blank body": ({"body": " "}, 400, 21602),
    "1,601 characters": ({"body": "x" * 1601}, 400, 21617),
    "callback without a host": ({"status_callback": "https:///x"}, 400, 21609),
    "callback with an underscore": ({"status_callback": "https://my_host/x"}, 400, 21609),
    "opted out": ({"to": "+254722000009", "from_": SMS}, 400, 21610),
    "unknown template": ({"body": None, "content_sid": "HX" + "0" * 32}, 400, 21655),
    "bad variables": ({"body": None, "content_sid": "HX" + "1" * 32, "content_variables": "[1"}, 400, 21656),
    "list of variables": ({"body": None, "content_sid": "HX" + "1" * 32, "content_variables": "[1]"}, 400, 21656),
    "unknown service": ({"from_": None, "messaging_service_sid": "MG" + "0" * 32}, 404, 21701),
    "media": ({"media_url": ["https://x.org/a.jpg"]}, 400, 20001),
    "scheduled": ({"schedule_type": "fixed"}, 400, 20001),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_it_refuses(case: str, client: Client, twilio: PretendTwilio) -> None:
    parameters, status, code = REFUSED[case]
    twilio.opts_out("+254722000009")
    twilio.world.templates["HX" + "1" * 32] = "Habari {{1}}"
    with pytest.raises(TwilioRestException) as refused:
        await create(client, **parameters)
    assert (refused.value.status, refused.value.code) == (status, code)
    assert twilio.called("create")
    assert twilio.world.messages == {}
    assert bool(twilio.problems) == (code == 20001)


async def test_limits_that_are_just_kept(client: Client, twilio: PretendTwilio) -> None:
    await twilio.says(ASHA, "hi")
    await create(client, body="x" * 1600)
    assert twilio.phone(ASHA) == ["x" * 1600]
    assert twilio.problems == []


GOOD = {"To": ASHA, "From": SMS, "Body": "x"}


async def test_it_refuses_and_notes_mistakes(base: str, twilio: PretendTwilio) -> None:
    url = f"{base}/2010-04-01/Accounts/{ACCOUNT}/Messages"
    assert await raw("POST", f"{url}.json", data=GOOD | {"Bodyy": "x"}) == (400, 20001)
    assert await raw("POST", f"{url}.json", json=GOOD) == (400, 20001)
    assert await raw("POST", f"{url}.json", data={"From": SMS, "Body": "x"}) == (400, 21604)
    assert await raw("GET", f"{url}.json", params={"Too": ASHA}) == (400, 20001)
    assert await raw("PUT", f"{base}/2010-04-01/Accounts/{ACCOUNT}/Calls.json") == (404, 20404)
    assert await raw("DELETE", f"{url}.json") == (405, 20004)
    noted = " ".join(twilio.problems)
    for words in ("unknown parameter Bodyy", "content type application/json", "unknown parameter Too", "Calls.json"):
        assert words in noted
    assert twilio.world.messages == {}


async def test_who_is_asking(base: str, twilio: PretendTwilio) -> None:
    with client_at(base, "wrong") as other, pytest.raises(TwilioRestException) as refused:
        await create(other)
    assert (refused.value.status, refused.value.code) == (401, 20003)
    elsewhere = f"{base}/2010-04-01/Accounts/AC{'9' * 32}/Messages.json"
    assert await raw("POST", elsewhere, data=GOOD) == (401, 20003)
    assert [call.status for call in twilio.calls] == [401, 401]


async def test_redaction_and_deletion_have_rules(client: Client, twilio: PretendTwilio) -> None:
    sid = await twilio.says(ASHA, "hi")
    record = client.messages(sid)
    with pytest.raises(TwilioRestException) as refused:
        await asyncio.to_thread(record.update, body="other")
    assert refused.value.status == 400
    twilio.world.message(sid).record["status"] = "queued"
    with pytest.raises(TwilioRestException) as early:
        await asyncio.to_thread(record.delete)
    assert early.value.code == 20009


@pytest.mark.skipif(not twilio_spec().there, reason="Twilio's description is not here")
def test_our_parameters_are_those_of_the_description() -> None:
    schema = twilio_spec()._schemas["api.v2010.account.message"]
    assert set(PretendTwilio().world.add("SM").record) < set(schema["properties"])
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    for name in twilio_create.FIELDS:
        found = twilio_spec().request("POST", path, {"To": ASHA, name: "x"})
        assert not any("unknown" in problem for problem in found)


@pytest.mark.skipif(not twilio_spec().there, reason="Twilio's description is not here")
def test_the_second_opinion_finds_what_is_wrong() -> None:
    spec, path = twilio_spec(), f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert spec.request("POST", path, GOOD | {"ProvideFeedback": "true", "Attempt": "1"}) == []
    for wrong in (GOOD | {"Bodyy": "x"}, {"Body": "x"}, GOOD | {"ContentSid": "HX1"}, GOOD | {"Attempt": "x"}):
        assert spec.request("POST", path, wrong)
    assert spec.request("POST", path.replace("Mess", "Mss"), GOOD)
    record = PretendTwilio().world.add("SM", status="queued", direction="inbound").record
    assert spec.message(record) == []
    for bad in ({"sid": "SM1"}, {"status": "lost"}, {"num_media": 0}, {"colour": "red"}):
        assert spec.message(record | bad)
