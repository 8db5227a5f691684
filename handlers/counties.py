"""The 47 counties of Kenya (Constitution of Kenya 2010, First Schedule), as people write them."""

COUNTIES = (
    "Mombasa", "Kwale", "Kilifi", "Tana River", "Lamu", "Taita-Taveta", "Garissa", "Wajir", "Mandera", "Marsabit", "Isiolo",
    "Meru", "Tharaka-Nithi", "Embu", "Kitui", "Machakos", "Makueni", "Nyandarua", "Nyeri", "Kirinyaga", "Murang'a", "Kiambu",
    "Turkana", "West Pokot", "Samburu", "Trans Nzoia", "Uasin Gishu", "Elgeyo-Marakwet", "Nandi", "Baringo", "Laikipia",
    "Nakuru", "Narok", "Kajiado", "Kericho", "Bomet", "Kakamega", "Vihiga", "Bungoma", "Busia", "Siaya", "Kisumu", "Homa Bay",
    "Migori", "Kisii", "Nyamira", "Nairobi",
)  # fmt: skip
_AROUND = ("kauntiya", "kaunti", "county", "countyof", "city")


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))


_BY_LETTERS = {_letters(name): name for name in COUNTIES}


def find(text: str) -> str | None:
    """Return the county that `text` names and nothing else, with or without the word county."""
    said = _letters(text)
    for word in _AROUND:
        said = said.removeprefix(word).removesuffix(word)
    return _BY_LETTERS.get(said)
