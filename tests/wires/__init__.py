"""Pretend providers: servers on the loopback address that behave, and refuse, as Telegram and Twilio do."""
