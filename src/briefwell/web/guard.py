"""What stands between the network and the page: hosts, paths, origins, sizes, headers."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefwell.web.login import Login

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
LARGEST_BODY = 2_000_000
"""Bytes of any request that is not an upload."""

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script>", re.S | re.I)
_READ = (
    "",
    "config",
    "theme.css",
    "favicon.ico",
    "manifest.json",
    "robots.txt",
    "login",
    "logout",
    "gradio_api/info",
    "gradio_api/theme.css",
    "gradio_api/queue/data",
    "gradio_api/startup-events",
    "gradio_api/app_id",
    "gradio_api/user",
    "gradio_api/login_check",
)
_READ_UNDER = ("assets/", "static/", "svelte/", "gradio_api/heartbeat/", "gradio_api/call/")
_WRITE = ("login", "gradio_api/queue/join", "gradio_api/cancel", "gradio_api/reset")
_WRITE_UNDER = ("gradio_api/call/",)
_UPLOAD = ("gradio_api/upload", "gradio_api/upload_progress")
_OWN = "briefwell/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is let through.

    Attributes:
        hosts: Host names a request may be for; None leaves that to the application around.
        read_only: Whether uploads are closed.
        most_upload_bytes: Largest body of an upload.
        login: Who may enter; None lets everyone in.
    """

    hosts: frozenset[str] | None = LOCAL_HOSTS
    read_only: bool = False
    most_upload_bytes: int = 200_000_000
    login: Login | None = None
    frame_ancestors: str = field(default="'none'")

    def is_host(self, host: str) -> bool:
        """Tell whether a request for this `Host` header is meant for us."""
        if self.hosts is None:
            return True
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return name in self.hosts or ("*" in self.hosts and _is_own_name(name))


def is_local(address: str) -> bool:
    """Tell whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address.lower() == "localhost"


def _is_own_name(name: str) -> bool:
    """Tell whether a name is an address, or this machine's own name.

    A page that lures a browser here by DNS has a name of its own, never one of these.
    """
    try:
        ipaddress.ip_address(name)
    except ValueError:
        own = socket.gethostname().lower()
        return name in LOCAL_HOSTS or name in (own, own.partition(".")[0], f"{own}.local")
    return True


def is_open_path(path: str, *, method: str, read_only: bool) -> bool:
    """Tell whether a path (without leading slash) is one the page uses; all others are closed.

    Gradio's file cache, proxy, run history, monitoring and component endpoints are closed by
    not being named here.
    """
    if path.startswith(_OWN):
        return True
    if path.rstrip("/") in _UPLOAD:
        return not read_only
    if method in ("GET", "HEAD"):
        return path in _READ or (path.startswith(_READ_UNDER) and ".." not in path)
    if method == "POST":
        return path in _WRITE or path.startswith(_WRITE_UNDER)
    return False


class Guard:
    """ASGI middleware that lets through what the policy allows, with headers that protect."""

    def __init__(self, app: ASGIApp, *, policy: Policy) -> None:
        self.app = app
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request and pass it on, or answer it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        scope = _without(scope, (b"x-forwarded-host", b"forwarded"))
        request = Request(scope, receive)
        keeping = _Headers(send, self.policy)
        refused = self._refusal(request)
        if refused is None and self.policy.login is not None:
            refused = await self.policy.login.check(request, path_in(scope))
        if refused is not None:
            await refused(scope, receive, keeping)
            return
        await self.app(scope, _bounded(receive, self._most(request)), keeping)

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if not self.policy.is_host(host):
            return PlainTextResponse(f"This server is not {host!r}.", 421)
        path = path_in(request.scope)
        if not is_open_path(path, method=request.method, read_only=self.policy.read_only):
            return JSONResponse({"detail": "Not found"}, 404)
        if request.method == "POST" and not _is_same_origin(request.headers, host):
            return JSONResponse({"detail": "This request came from another site."}, 403)
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._most(request):
            return JSONResponse({"detail": "The request is too large."}, 413)
        return None

    def _most(self, request: Request) -> int:
        is_upload = path_in(request.scope).rstrip("/") == "gradio_api/upload"
        return self.policy.most_upload_bytes if is_upload else LARGEST_BODY


def path_in(scope: Scope) -> str:
    """Return a request's path inside the page, without a leading slash."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root).lstrip("/")


def _without(scope: Scope, names: Iterable[bytes]) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in names]
    return {**scope, "headers": kept}


def _is_same_origin(headers: Headers, host: str) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


def _bounded(receive: Receive, most: int) -> Receive:
    """Cut off a body that is longer than it said, or never said how long it is."""
    seen = 0

    async def next_message() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > most else message

    return next_message


class _Headers:
    """Adds the protecting headers; a page of HTML is held back until its scripts are hashed."""

    def __init__(self, send: Send, policy: Policy) -> None:
        self._send = send
        self._policy = policy
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            self._protect(headers)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
            headers["content-security-policy"] = "default-src 'none'; frame-ancestors 'none'"
            if not headers.get("content-type", "").startswith(("image/", "application/pdf")):
                headers["content-security-policy"] += "; sandbox"
        elif self._start is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            headers = MutableHeaders(raw=self._start["headers"])
            headers["content-security-policy"] = content_policy(
                script_hashes(self._body), frame_ancestors=self._policy.frame_ancestors
            )
            await self._send(self._start)
            message = {"type": "http.response.body", "body": self._body}
        await self._send(message)

    def _protect(self, headers: MutableHeaders) -> None:
        headers["x-content-type-options"] = "nosniff"
        # Not "no-referrer": browsers then say "null" where they are to name the origin.
        headers["referrer-policy"] = "same-origin"
        headers["x-frame-options"] = "DENY"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["cross-origin-resource-policy"] = "same-origin"
        headers["permissions-policy"] = "camera=(), microphone=(), geolocation=()"
        headers.setdefault("cache-control", "no-store")


def script_hashes(page: bytes) -> list[str]:
    """Return the CSP sources of the inline scripts of a page that Gradio's template made."""
    found = [match[1] for match in _INLINE_SCRIPT.finditer(page)]
    digests = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in found]
    return [f"'sha256-{digest}'" for digest in dict.fromkeys(digests)]


def content_policy(hashes: Iterable[str], *, frame_ancestors: str) -> str:
    """Return the Content-Security-Policy: everything from here, scripts only as files or hashed."""
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *hashes]),
            # Gradio's components carry style attributes.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
            f"frame-ancestors {frame_ancestors}",
        ]
    )
