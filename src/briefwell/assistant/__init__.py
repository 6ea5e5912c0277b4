"""The facade: the one place where parts are chosen and wired together."""

from briefwell.assistant.facade import Assistant

__all__ = ["Assistant"]
