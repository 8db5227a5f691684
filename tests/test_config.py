"""Every mistake in the configuration is named at once, with its place and its remedy, and no secret is ever shown."""

import re
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.config import Config, ConfigProblem, load, span

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
# A setting for each kind of secret, with what must not be seen again.
SECRETS = {
    "MSIRI_TELEGRAM__TOKEN": "1:geheim",
    "MSIRI_TELEGRAM__WEBHOOK_SECRET": "geheim",
    "MSIRI_TWILIO__ACCOUNT_SID": "AC1",
    "MSIRI_TWILIO__AUTH_TOKEN": "geheim",
    "MSIRI_WEB__PUBLIC_URL": "https://chat.example.org",
    "MSIRI_KEYS__PASSPHRASE": "geheim",
    "MSIRI_DATABASE__URL": "postgresql://msiri:geheim@db/msiri",
}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def written(text: str, name: str = "config.toml") -> Path:
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return file

    return written


def mistakes(file: Path | None, **environ: str) -> list[str]:
    with pytest.raises(ConfigProblem) as caught:
        load(file, environ)
    return str(caught.value).split("\n")


def test_without_a_file_everything_has_its_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, {}) == Config()


def test_config_toml_in_the_current_folder_is_taken(monkeypatch: pytest.MonkeyPatch, write: Any) -> None:
    monkeypatch.chdir(write("[web]\nport = 81\n").parent)
    assert load(None, {}).web.port == 81


# The example file


def test_the_example_says_what_the_defaults_are() -> None:
    loaded, example = load(EXAMPLE, {}), Config()
    nested: dict[str, object] = {"hours": {}, "services": []}  # of these the example shows one each
    assert loaded.model_copy(update={"clinic": loaded.clinic.model_copy(update=nested)}) == example
    assert loaded.clinic.hours
    assert loaded.clinic.services


def test_the_example_names_every_setting_and_no_other() -> None:
    named = {(section, key.removesuffix("_file")) for section, key in _settings_in(EXAMPLE.read_text("utf-8"))}
    # The two nested parts stand under headings of their own.
    named = {one for one in named if not one[0].startswith("clinic.")} | {("clinic", "hours"), ("clinic", "services")}
    assert named == {(section, key) for section, model in _sections() for key in model.model_fields}


def test_the_example_names_every_part_of_a_service() -> None:
    (service,) = tomllib.loads(EXAMPLE.read_text("utf-8"))["clinic"]["services"]
    assert service.keys() == load(EXAMPLE, {}).clinic.services[0].model_fields_set


def test_what_the_example_only_suggests_loads_too(tmp_path: Path) -> None:
    """Uncommented, with its files written, the example is the configuration of everything switched on."""
    text = re.sub(r"^# (\w+ = )", r"\1", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    for path in re.findall(r'_file = "(.+?)"', text):
        file = tmp_path / Path(path).name
        file.write_text("1:secret" if "telegram" in path else "secret")
        text = text.replace(path, str(file))
    text = text.replace('public_url = ""', 'public_url = "https://chat.example.org"')
    text = text.replace('account_sid = ""', 'account_sid = "AC1"')
    config = tmp_path / "config.toml"
    config.write_text(text)
    loaded = load(config, {})
    assert loaded.telegram.token
    assert loaded.telegram.token.get_secret_value() == "1:secret"
    assert loaded.telegram.desk_chat_id
    assert loaded.keys.passphrase


def _sections() -> list[tuple[str, type[BaseModel]]]:
    return [(name, type(getattr(Config(), name))) for name in Config.model_fields]


def _settings_in(text: str) -> list[tuple[str, str]]:
    found, section = [], ""
    for line in text.splitlines():
        if heading := re.match(r"\[+([\w.]+)\]", line):
            section = heading[1]
        elif setting := re.match(r"(?:# )?(\w+) = ", line):
            found.append((section, setting[1]))
    return found


# Mistakes


def test_several_mistakes_are_named_at_once(write: Any) -> None:
    file = write(
        '[telegram]\ntokn = "x"\nmode = "webhoook"\n[web]\nport = "x"\n[clinic.hours]\nmom = ["08:00-09:00"]\n'
    )
    found = mistakes(file, MSIRI_ORGANISATION__TIMEZONE="Nairobi", MSIRI_KEYS__PASSPHRASE_FILE="/nowhere/at all")
    assert found == [
        f"{file}: [telegram] mode: input should be 'polling' or 'webhook'; config.example.toml shows how it is written",
        f"{file}: [telegram] tokn: is not a known setting; correct or remove it (config.example.toml lists all)",
        f"{file}: [web] port: input should be a valid integer, unable to parse string as an integer; "
        "config.example.toml shows how it is written",
        "MSIRI_ORGANISATION__TIMEZONE: is no time zone; use a name like Africa/Nairobi",
        f"{file}: [clinic] hours: 'mom' is no weekday; use mon, tue, wed, thu, fri, sat, sun",
        "MSIRI_KEYS__PASSPHRASE_FILE: /nowhere/at all cannot be read; create it or correct the path",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("foo = 1", "foo: is no setting; write key = value under a [section]"),
        ("web = 3", "web: is no setting"),
        ("[[web]]\nport = 1", "web: is no setting"),
        ("[wb]", "[wb]: is not a known setting; correct or remove it"),
        ("[web]\nport = 70000", "[web] port: input should be less than or equal to 65535"),
        ("[web]\nhost = 5", "[web] host: input should be a valid string"),
        (
            '[web]\npublic_url = "chat.example.org"',
            "[web] public_url: must be an address without a path, like https://",
        ),
        ('[web]\nleave_url = "javascript:alert(1)"', "[web] leave_url: is no web address"),
        ('[keys]\nsource = "file:"', '[keys] source: must be "passphrase" or "file:<path>"'),
        ('[telegram]\ntoken = ""', "[telegram] token: is no bot token; copy it again from BotFather"),
        ('[telegram]\napi_base_url = "x"', "[telegram] api_base_url: is no web address"),
        ('[twilio]\nwhatsapp_from = "+254700000001"', '[twilio] whatsapp_from: must be like "whatsapp:+254700000001"'),
        ('[organisation]\ntimezone = "Africa"', "[organisation] timezone: is no time zone"),
        ('[desk]\nopens = "8 o\'clock"', "[desk] opens: input should be in a valid time format"),
        ('[clinic]\nclosed = ["Christmas"]', "[clinic] closed 0: input should be a valid date"),
        ('[clinic.hours]\nmon = "08:00-17:00"', "[clinic] hours mon: input should be a valid list"),
        ('[clinic.hours]\nmon = ["8-17"]', "[clinic] hours: '8-17' is no span of time; write it like \"08:00-17:00\""),
        ('[clinic.hours]\nmon = ["08:00+03:00-17:00"]', "is no span of time"),
        ('[clinic.hours]\nmon = ["17:00-08:00"]', "'17:00-08:00' ends before it begins"),
        ('[clinic.hours]\nmon = ["08:00-12:00", "11:00-17:00"]', "mon has hours that overlap"),
        ('[[clinic.services]]\nid = "HIV test"', "[clinic] services 0.id: must be 1-24 characters of a-z 0-9 -"),
        ('[[clinic.services]]\nid = "a"', "[clinic] services 0.minutes: field required"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(write: Any, text: str, wanted: str) -> None:
    file = write(text)
    found = mistakes(file)
    assert any(one.startswith(f"{file}: ") and wanted in one for one in found), found


def test_two_services_with_one_id_are_refused(write: Any) -> None:
    service = '[[clinic.services]]\nid = "a"\nen = "A"\nsw = "A"\nminutes = 30\n'
    assert mistakes(write(service * 2)) == [
        f"{write(service * 2)}: [clinic] services: two have the same id; give each its own"
    ]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"[web\n", "is not TOML (Expected ']'"),
        (b"[web]\nport = 1\nport = 2\n", "is not TOML (Cannot overwrite a value"),
        (b"\xff\xfe", "is not TOML in UTF-8"),
        (b"x = " + b"[" * 5000, "is not TOML"),
    ],
)
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes, wanted: str) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    (said,) = mistakes(file)
    assert said.startswith(f"{file}: {wanted}")
    assert said.endswith("compare it with config.example.toml")


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert mistakes(file) == [f"{file}: cannot be read; give an existing file with --config"]


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"MSIRI_TELEGRAM_TOKEN": "1:a"}, "MSIRI_TELEGRAM_TOKEN: is no setting; write key = value"),
        ({"MSIRI_WEB": "1"}, "MSIRI_WEB: is no setting"),
        ({"MSIRI_FOO__BAR": "1"}, "MSIRI_FOO__BAR: is not a known setting"),
        ({"MSIRI_WEB__PROT": "1"}, "MSIRI_WEB__PROT: is not a known setting"),
        ({"MSIRI_WEB__PORT": ""}, "MSIRI_WEB__PORT: input should be a valid integer"),
        (
            {"MSIRI_CLINIC__HOURS": "{}"},
            "MSIRI_CLINIC__HOURS: cannot be set by the environment; write it into the config",
        ),
        ({"MSIRI_CLINIC__CLOSED": "2026-12-25"}, "MSIRI_CLINIC__CLOSED: cannot be set by the environment"),
        ({"MSIRI_CLINIC__SERVICES": "[]"}, "MSIRI_CLINIC__SERVICES: cannot be set by the environment"),
        ({"MSIRI_CLINIC__HOURS__MON": "x"}, "MSIRI_CLINIC__HOURS__MON: is not a known setting"),
        ({"MSIRI_WEB__PORT_FILE": "a\0b"}, "cannot be read; create it or correct the path"),
    ],
)
def test_a_mistake_in_the_environment_is_named_by_the_variable(
    write: Any, environ: dict[str, str], wanted: str
) -> None:
    (said,) = mistakes(write(""), **environ)
    assert wanted in said


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            '[telegram]\nmode = "webhook"',
            "[telegram] mode: needs [telegram] token and [telegram] webhook_secret and [web] public_url, too",
        ),
        ("[telegram]\ndesk_chat_id = -100", "[telegram] desk_chat_id: needs [telegram] token, too"),
        ('[twilio]\naccount_sid = "AC1"', "[twilio] account_sid: needs [twilio] auth_token and [web] public_url, too"),
        ('[twilio]\nauth_token = "x"', "[twilio] auth_token: needs [twilio] account_sid, too"),
    ],
)
def test_what_a_setting_needs_is_named(write: Any, text: str, wanted: str) -> None:
    file = write(text)
    assert mistakes(file) == [f"{file}: {wanted}; set what is missing"]


def test_a_file_that_is_missing_is_not_also_a_setting_that_is_missing(write: Any) -> None:
    file = write("[telegram]\ndesk_chat_id = -100\ntoken_file = '/nowhere'\n")
    assert mistakes(file) == [f"{file}: [telegram] token_file: /nowhere cannot be read; create it or correct the path"]


# Where settings come from


# A value that is no default for each setting whose form matters; all others take any text.
VALUES = {
    "mode": "polling",
    "timezone": "UTC",
    "source": "passphrase",
    "port": "81",
    "content": "true",
    "load_cap": "3",
    "reply_minutes": "20",
    "opens": "09:30",
    "token": "1:a",
    "desk_chat_id": "-100",
    "public_url": "https://a.example",
    "api_base_url": "https://b.example",
    "leave_url": "https://c.example",
    "whatsapp_from": "whatsapp:+254700000001",
    "reply_template": f"HX{'0a' * 16}",
}
NESTED = {"hours", "closed", "services"}
FLAT = [(section, key) for section, model in _sections() for key in model.model_fields if key not in NESTED]


def test_every_setting_but_the_nested_ones_may_come_from_the_environment_or_a_file(write: Any) -> None:
    plain = {f"MSIRI_{section}__{key}".upper(): VALUES.get(key, "value") for section, key in FLAT}
    filed = {f"{name}_FILE": str(write(f"{value}\n", name)) for name, value in plain.items()}
    loaded, default = load(write(""), plain), Config()
    assert loaded == load(write(""), filed)
    changed = [one for one in FLAT if _value(loaded, *one) != _value(default, *one)]
    assert changed == [one for one in FLAT if one[1] != "mode"]
    assert (loaded.desk.opens, loaded.keys.keyring) == (time(9, 30), Path("value"))


def _value(config: Config, section: str, key: str) -> object:
    return getattr(getattr(config, section), key)


def test_the_environment_goes_before_the_file(write: Any) -> None:
    token = write("2:b", "token")
    file = write(f'[telegram]\ntoken_file = "{token}"\n[web]\nport = 1\nhost = "a"\n')
    loaded = load(file, {"MSIRI_TELEGRAM__TOKEN": "3:c", "MSIRI_WEB__PORT": "2"})
    assert loaded.telegram.token
    assert loaded.telegram.token.get_secret_value() == "3:c"
    assert (loaded.web.port, loaded.web.host) == (2, "a")
    plain = write('[telegram]\ntoken = "1:a"\n')
    from_file = load(plain, {"MSIRI_TELEGRAM__TOKEN_FILE": str(token)})
    assert from_file.telegram.token
    assert from_file.telegram.token.get_secret_value() == "2:b"


def test_a_value_and_a_file_for_it_in_one_place_are_a_mistake(write: Any) -> None:
    file = write('[telegram]\ntoken = "1:a"\ntoken_file = "x"\n')
    assert mistakes(file) == [f"{file}: [telegram] token_file: token is given, too; keep one of the two"]


def test_variables_for_the_tests_are_no_settings(write: Any) -> None:
    assert load(write(""), {"MSIRI_TEST_POSTGRES": "off", "PATH": "x", "XMSIRI_WEB__PORT": "x"}) == Config()


def test_toml_dates_and_spans_are_read(write: Any) -> None:
    loaded = load(write("[clinic]\nclosed = [2026-12-25]\n[clinic.hours]\nsat = ['09:00-13:00']\n"), {})
    assert loaded.clinic.closed == [date(2026, 12, 25)]
    assert span("09:00-13:00") == (time(9), time(13))


def test_public_url_has_no_slash_at_its_end(write: Any) -> None:
    assert load(write('[web]\npublic_url = "https://a.example/"'), {}).web.public_url == "https://a.example"


# Secrets


def test_nothing_that_is_printed_shows_a_secret(write: Any) -> None:
    loaded = load(write(""), SECRETS)
    for shown in (repr(loaded), str(loaded), f"{loaded.telegram} {loaded.twilio} {loaded.keys} {loaded.database!r}"):
        assert "geheim" not in shown
    assert loaded.twilio.auth_token
    assert loaded.twilio.auth_token.get_secret_value() == "geheim"


@pytest.mark.parametrize("name", ["TELEGRAM__TOKEN", "TELEGRAM__WEBHOOK_SECRET", "WEB__PORT", "DATABASE__URLL"])
def test_no_mistake_repeats_what_was_given(write: Any, name: str) -> None:
    (said,) = mistakes(write(""), **{f"MSIRI_{name}": "wrong geheim"})
    assert "geheim" not in said


def test_nothing_can_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Config().web.port = 1
