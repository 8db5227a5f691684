"""The pages: the client's chat and the counselors' console, server-rendered, with a strict content policy."""
