"""Which language a message is in. A word list was as good as any detector tried on short messages, at no cost.

The word lists hold frequent function words only, so that a sexual word never decides the language.
"""

from knowledge_base.words import words

_SWAHILI = frozenset(
    """na ya wa za la cha vya kwa ni si je au ama hii hiyo huo huyo hapa pale sana tu kama kuhusu nini gani wapi lini nani
    mbona vipi ngapi yangu wangu langu zangu yako wako mimi wewe sisi yeye wao ndio hapana leo jana kesho usiku asubuhi
    mchana siku wiki mwezi saa masaa bado tena baada kabla bila ndani nje juu mtu watu rafiki dawa msaada niko uko yuko
    tuko kuna hakuna lakini kwamba hivyo sasa salama habari asante tafadhali pole ndiyo sijui nataka naweza naomba
    nisaidie kupima kupata kupimwa kinga kondomu matokeo majibu bure bei kliniki hospitali mpenzi miadi lugha mshauri
    menyu acha simama msaada kiswahili rudi nafasi weka ongea
    """.split()  # noqa: SIM905
)
_SHENG = frozenset(
    """aje sai sahii maze buda manze fiti poa msee mse wasee dem mathe mbogi kudo nadai najua ndom niaje sasa mambo
    beshte beste hosi doo mob noma ati hii ama basi venye kwani nikona ukona akona nko uko cheki
    """.split()  # noqa: SIM905
)
_ENGLISH = frozenset(
    """a an the is are was were am i i'm im my me you your it this that of to in on at for and or so do does did can
    could will would should if with has have had what how when why who which where there from by about as not no yes
    please help need want after before test get got been much long many still u ur r wat hw menu stop back book talk
    person english language appointment
    """.split()  # noqa: SIM905
)
_PREFIXES = ("nina", "nime", "nili", "nita", "nika", "sija", "siku", "ana", "ame", "ali", "ata", "una", "ume", "uli", "ina",
             "ime", "ili", "ita", "tuna", "tume", "wana", "wame", "kuna", "nawe", "hawa", "haku", "naji")  # fmt: skip


def _swahili(word: str) -> bool:
    return word in _SWAHILI or (len(word) > 5 and word.startswith(_PREFIXES) and word.endswith(tuple("aeiou")))


def detect(text: str) -> str | None:
    """Return "en", "sw" or "sheng" (Swahili frame with slang or English in it), or None when nothing points anywhere."""
    found = words(text)
    sheng = sum(word in _SHENG for word in found)
    swahili = sum(_swahili(word) for word in found) + sheng
    english = sum(word in _ENGLISH for word in found)
    if swahili == english == 0:
        return None
    if english > swahili:
        return "en"
    return "sheng" if sheng or english else "sw"


def answer_language(text: str, otherwise: str) -> str:
    """Return the language to answer `text` in: Sheng speakers get Swahili, an undecided text gets `otherwise`."""
    found = detect(text)
    return otherwise if found is None else "en" if found == "en" else "sw"
