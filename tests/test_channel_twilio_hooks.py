"""Reading what Twilio posts: signatures, messages and delivery reports; and that no form of them ever raises."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData, Headers
from twilio.request_validator import RequestValidator

from bot.channels import Address, Arrival
from bot.channels.twilio_hooks import StatusUpdate, arrival, later, status, verified
from handlers.events import Event, Said, SentMedia, Tapped
from tests.wires.twilio import TOKEN
from tests.wires.twilio_fixtures import (
    ASHA,
    PUBLIC,
    receiver_fixture,  # noqa: F401
    twilio_fixture,  # noqa: F401
)

URL = f"{PUBLIC}/twilio/messages"
FORM = {"MessageSid": "SM1", "From": f"whatsapp:{ASHA}", "Body": "Habari ü", "NumMedia": "0"}
STRENGTHS = ["HMAC_SHA1", "HMAC_SHA256"]


def signed(url: str = URL, form: Any = FORM, token: str = TOKEN, algorithm: str = "HMAC_SHA1") -> dict[str, str]:
    settings = {"X-Twilio-Webhooks-Signature-Settings": f"key=webhooks_sharedkey_1,algorithm={algorithm}"}
    given = {"X-Twilio-Signature": RequestValidator(token).compute_signature(url, form, algorithm)}
    return given | (settings if algorithm != "HMAC_SHA1" else {})


@pytest.mark.parametrize("algorithm", STRENGTHS)
@pytest.mark.parametrize("headers", [dict, Headers])
def test_what_twilio_signed_is_known(algorithm: str, headers: Any) -> None:
    assert verified(URL, FORM, headers(signed(algorithm=algorithm)), TOKEN)
    assert verified(f"{URL}?ref=1", FormData(FORM), headers(signed(f"{URL}?ref=1", algorithm=algorithm)), TOKEN)


@pytest.mark.parametrize("algorithm", STRENGTHS)
def test_what_somebody_changed_is_not(algorithm: str) -> None:
    headers = signed(algorithm=algorithm)
    assert not verified(URL, FORM | {"Body": "other"}, headers, TOKEN)
    assert not verified(URL, FORM | {"More": ""}, headers, TOKEN)
    assert not verified(f"{URL}?x=1", FORM, headers, TOKEN)
    assert not verified(URL, FORM, headers, "another token")
    assert not verified(URL, FORM, {}, TOKEN)
    assert not verified(URL, FORM, {"X-Twilio-Signature": ""}, TOKEN)


def test_another_algorithm_than_the_signed_one_is_refused() -> None:
    settings = {"X-Twilio-Webhooks-Signature-Settings": "algorithm=HMAC_SHA256"}
    assert not verified(URL, FORM, signed() | settings, TOKEN)
    assert not verified(URL, FORM, signed() | {"X-Twilio-Webhooks-Signature-Settings": "algorithm=none"}, TOKEN)


@given(
    st.text(st.characters()) | st.sampled_from(["http://[", "https://h:x/", "//"]),
    st.dictionaries(st.text(st.characters()), st.text(st.characters()) | st.none() | st.integers(), max_size=3),
    st.text(st.characters()),
    st.text(st.characters()),
)
def test_proving_never_raises(url: str, form: dict[str, object], signature: str, settings: str) -> None:
    headers = {"X-Twilio-Signature": signature, "X-Twilio-Webhooks-Signature-Settings": settings}
    assert not verified(url, form, headers, TOKEN)


def event_of(**fields: object) -> Event | None:
    found = arrival(FORM | fields)
    return found.event if found else None


def test_a_message() -> None:
    assert arrival(FORM) == Arrival("twilio", "SM1", Address("whatsapp", ASHA), Said("Habari ü"))
    assert arrival(FormData(FORM)) == arrival(FORM)


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"ButtonPayload": "book", "ButtonText": "Book"}, Tapped("book")),
        ({"ButtonPayload": "\x00" + "x" * 99}, Tapped("x" * 64)),
        ({"NumMedia": "1"}, SentMedia("other")),
        ({"NumMedia": "10", "ButtonPayload": "book"}, SentMedia("other")),
        ({"NumMedia": "9" * 5000}, SentMedia("other")),
        ({"NumMedia": "00"}, Said("Habari ü")),
        ({"Latitude": "-1.29", "Longitude": "36.8", "Body": ""}, SentMedia("location")),
        ({"ReferralBody": "An advertisement", "ReferralHeadline": "x"}, Said("Habari ü")),
        ({"Body": "a\x00b\u202ec\ud83d"}, Said("abc")),
        ({"Body": "x" * 5000}, Said("x" * 4096)),
        ({"Body": "\u200b"}, SentMedia("other")),
        ({"Body": ["no text"]}, SentMedia("other")),
    ],
)
def test_events(fields: dict[str, object], event: Event) -> None:
    assert event_of(**fields) == event


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("whatsapp:+254722000001", Address("whatsapp", "+254722000001")),
        ("+254722000001", Address("sms", "+254722000001")),
        ("0722 000 001", Address("sms", "+254722000001")),
        ("whatsapp:+254 722-000-001", Address("whatsapp", "+254722000001")),
        ("+4915112345678", Address("sms", "+4915112345678")),
        ("22141", None),
        ("SAFARICOM", None),
        ("whatsapp:", None),
        ("", None),
    ],
)
def test_senders(sender: str, address: Address | None) -> None:
    found = arrival(FORM | {"From": sender})
    assert (found.sender if found else None) == address


def test_a_message_without_an_id_is_none() -> None:
    assert arrival({"From": ASHA, "Body": "x"}) is None
    assert arrival({}) is None


@given(
    st.dictionaries(
        st.sampled_from(
            ["MessageSid", "From", "Body", "NumMedia", "ButtonPayload", "Latitude", "MessageStatus", "ref"]
        ),
        st.text(st.characters()) | st.none() | st.sampled_from(["+254722000001", "1", "²", "sent"]),
    )
)
def test_no_form_raises(form: dict[str, object]) -> None:
    assert arrival(form) is None or arrival(form) == arrival(form)
    assert status(form, form) is None or status(form, form) == status(form, form)


def test_a_report() -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "63016"}
    assert status(form, {"ref": "abc"}) == StatusUpdate("abc", "SM1", "undelivered", 63016)
    assert status(form | {"ErrorCode": "9" * 5000}, {"ref": "abc"}) == StatusUpdate("abc", "SM1", "undelivered", 0)
    assert status(form | {"ErrorCode": "²"}, {"ref": "abc"}) == StatusUpdate("abc", "SM1", "undelivered")
    assert status(form, {}) is None
    assert status(form | {"MessageStatus": "received"}, {"ref": "abc"}) is None


def test_reports_only_ever_lead_forward() -> None:
    order = ["", "queued", "sending", "sent", "delivered", "read", "failed"]
    for place, old in enumerate(order):
        assert [later(old, new) for new in order] == [False] * (place + 1) + [True] * (len(order) - place - 1)
    assert not later("failed", "undelivered")
    assert not later("undelivered", "failed")
    assert not later("failed", "read")
    assert not later("queued", "accepted")
    assert not later("sent", "nonsense")


async def test_what_a_pretend_twilio_posts(twilio: Any) -> None:
    sid = await twilio.says(ASHA, "Nina swali")
    form = twilio.world.message(sid).form
    assert arrival(form) == Arrival("twilio", sid, Address("whatsapp", ASHA), Said("Nina swali"))
    assert verified(URL, form, signed(form=form), TOKEN)
    tapped = await twilio.taps(ASHA, "book", "Book")
    found = arrival(twilio.world.message(tapped).form)
    assert found
    assert found.event == Tapped("book")
    assert twilio.problems == []
