"""How much a message may hold on each channel, and in how many parts an SMS goes."""

# Telegram Bot API, sendMessage: 1-4,096 characters.
TELEGRAM_LIMIT = 4096
# Twilio: 1,600 characters a message on WhatsApp and SMS (error 21617); with reply buttons WhatsApp shows 1,024.
TWILIO_LIMIT, WHATSAPP_BUTTONS_LIMIT = 1600, 1024
# 3GPP TS 23.038: one part holds 160 signs of the GSM alphabet or 70 of UCS-2; in several parts each gives up some for its
# place among them (TS 23.040, 9.2.3.24.1).
_GSM, _GSM_PART, _UCS2, _UCS2_PART = 160, 153, 70, 67

_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take two places each.
_EXTENDED = frozenset("\f^{}\\[~]|€")


def utf16(text: str) -> int:
    """Return the length of `text` in UTF-16 units, as Telegram and Twilio count."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def sms_parts(text: str) -> int:
    """Return in how many parts `text` goes as an SMS; one sign outside the GSM alphabet makes all of it UCS-2."""
    if (_ALPHABET | _EXTENDED).issuperset(text):
        return _parts(len(text) + sum(sign in _EXTENDED for sign in text), _GSM, _GSM_PART)
    return _parts(utf16(text), _UCS2, _UCS2_PART)


def _parts(length: int, whole: int, part: int) -> int:
    return 1 if length <= whole else -(-length // part)
