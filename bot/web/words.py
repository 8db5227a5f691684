"""The words of the pages: buttons, labels, states. What the bot says is in the locale files of the dialogue."""

from collections.abc import Callable, Mapping

from handlers.texts import LANGUAGES

Words = Callable[[str], str]

# Swahili, English.
_WORDS: Mapping[str, tuple[str, str]] = {
    # The client's page
    "leave": ("Ondoka", "Leave now"),
    "write": ("Andika", "Write"),
    "send": ("Tuma", "Send"),
    "messages": ("Ujumbe", "Messages"),
    "you": ("Wewe", "You"),
    "person": ("Ongea na mtu", "Talk to a person"),
    "greeting": (
        "Karibu. Uliza lolote kuhusu ngono na afya kwa maneno yako, au chagua lugha.",
        "Welcome. Ask anything about sex and health in your own words, or choose a language.",
    ),
    "screen": (
        "Anayeona skrini yako anaweza kusoma hapa. “Ondoka”, au Esc mara tatu, hufunga ukurasa huu.",
        "Whoever sees your screen can read this. “Leave now”, or Esc three times, closes this page.",
    ),
    "trouble": (
        "Hakuna mtandao. Ujumbe wako utatumwa ukirudi.",
        "No connection. Your message goes out once it is back.",
    ),
    "refused": ("Haikutumwa. Nakili maneno yako, kisha fungua ukurasa upya.",
                "Not sent. Copy your words, then open this page again."),
    "toolong": ("Ujumbe huu ni mrefu mno.", "This message is too long."),
    "sending": ("Inatumwa", "Sending"),
    # The counselors' pages
    "console": ("Dawati", "Console"),
    "login": ("Jina la kuingia", "Login"),
    "passphrase": ("Neno la siri", "Passphrase"),
    "enter": ("Ingia", "Log in"),
    "wrong": ("Jina au neno la siri si sahihi. Jaribu tena.", "Login or passphrase is wrong. Please try again."),
    "busy": ("Majaribio ni mengi mno. Subiri dakika moja.", "Too many tries. Please wait a minute."),
    "begin": ("Anza zamu", "Begin my shift"),
    "finish": ("Maliza zamu", "End my shift"),
    "on": ("Uko zamu", "You are on shift"),
    "off": ("Hauko zamu", "You are not on shift"),
    "pause": ("Pumzika: hakuna kesi mpya", "Pause: no new cases"),
    "resume": ("Niko tayari tena", "I am ready again"),
    "paused": ("Umepumzika", "You are in a pause"),
    "resting": ("Hupewi kesi mpya sasa.", "You are offered no new case now."),
    "alert": ("Kuna anayesubiri mtu.", "Somebody waits for a person."),
    "seen": ("Nimeona", "I have seen it"),
    "pass": ("Pitisha", "Pass on"),
    "passto": ("Kwa nani", "To whom"),
    "anybody": ("Yeyote aliye zamu", "Whoever is on shift"),
    "team": ("Timu", "Team"),
    "note": ("Maelezo kwa mwenzako", "Note for your colleague"),
    "people": ("Walio zamu", "People on shift"),
    "cases": ("kesi", "cases"),
    "week": ("saa kwa siku 7", "h in 7 days"),
    "onshift": ("zamu", "on shift"),
    "offshift": ("si zamu", "off shift"),
    "inpause": ("amepumzika", "in a pause"),
    "debrief": ("Aongee na kiongozi: kesi nzito", "Talk with the lead: a heavy case"),
    "debriefed": ("Tumeongea", "We have talked"),
    "needsdebrief": ("Kesi nzito imekwisha. Ongea na kiongozi wa zamu.", "A heavy case is behind you. Talk with the shift lead."),
    "counselor": ("Mshauri", "Counselor"),
    "logout": ("Toka", "Log out"),
    "queue": ("Wanaosubiri na wako", "Waiting, and yours"),
    "nobody": ("Hakuna anayesubiri.", "Nobody waits."),
    "surge": ("Ripoti ni nyingi kuliko kawaida wiki hii. Walio hatarini wametangulia; ita wenzako wengine zamu.",
              "Many more incidents than usual are reported this week. Those in danger come first; call more colleagues on shift."),
    "take": ("Chukua", "Take"),
    "open": ("Fungua", "Open"),
    "urgent": ("Haraka", "Urgent"),
    "unread": ("Ujumbe mpya", "New message"),
    "waits": ("anasubiri", "waiting"),
    "minutes": ("dak", "min"),
    "hours": ("saa", "h"),
    "close": ("Funga", "Close"),
    "sure": ("Ndiyo, mazungumzo yamekwisha", "Yes, the talk is over"),
    "answer": ("Jibu", "Answer"),
    "client": ("Mteja", "Client"),
    "bot": ("Msiri", "Msiri"),
    "gone": ("Hapa hakuna mazungumzo yaliyo wazi kwako.", "There is no open case for you here."),
    "back": ("Rudi kwenye dawati", "Back to the console"),
    "window": ("Saa 24 za WhatsApp zimepita: maneno hayatafika hadi mteja aandike tena.",
               "The 24 hours of WhatsApp are over: words will not arrive until the client writes again."),
    "bare": ("Hakuna kiolezo kilichowekwa.", "No template is set up."),
    "knock": ("Tuma “Una jibu”", "Send “You have a reply”"),
    "delivery-waiting": ("Iko njiani", "On its way"),
    "delivery-sent": ("Imetumwa", "Sent"),
    "delivery-delivered": ("Imefika", "Arrived"),
    "delivery-read": ("Imesomwa", "Read"),
    "delivery-failed": ("Haikufika", "Did not arrive"),
}  # fmt: skip


def words(lang: str) -> Words:
    """Return a function from a key to its words in `lang`; in both languages when `lang` is not known."""

    def word(key: str) -> str:
        swahili, english = _WORDS[key]
        both = swahili if swahili == english else f"{swahili} · {english}"
        return {"sw": swahili, "en": english}.get(lang, both)

    return word


def preferred(accept_language: str) -> str:
    """Return the first language of the header `Accept-Language` that we have, "en" when there is none."""
    asked = (part.split(";")[0].split("-")[0].strip().lower() for part in accept_language.split(","))
    return next((lang for lang in asked if lang in LANGUAGES), "en")
