"""Killing the real service at named points, between pretend providers."""
