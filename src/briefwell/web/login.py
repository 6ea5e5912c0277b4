"""Who may enter: a file of names with Argon2 hashes, sessions in memory, a page to sign in."""

from __future__ import annotations

import hashlib
import secrets
import time
from importlib import resources
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from briefwell.errors import ConfigError
from briefwell.web.limits import Rate
from briefwell.web.markup import escape

COOKIE = "briefwell-session"
SESSION_SECONDS = 12 * 3600.0
LOGINS_A_MINUTE = 10
"""Wrong passwords from one address, or for one name, in a minute."""


def read_accounts(path: Path) -> dict[str, str]:
    """Return the accounts of an auth file: lines `name:Argon2 hash`; `#` begins a comment.

    Raises:
        ConfigError: The file cannot be read, a line is not an account, or there is none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or "it is not UTF-8 text"
        raise ConfigError(
            f"The auth file {str(path)!r} cannot be read: {reason}.",
            "Name a text file with one `name:Argon2 hash` a line.",
        ) from error
    accounts = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, digest = line.strip().partition(":")
        if not (name and colon and digest.startswith("$argon2")):
            raise ConfigError(
                f"Line {number} of the auth file {str(path)!r} is not an account.",
                "Write `name:Argon2 hash`; `python -m briefwell.web.login NAME` makes the line.",
            )
        accounts[name] = digest
    if not accounts:
        raise ConfigError(
            f"The auth file {str(path)!r} has no accounts.",
            "Add one: `python -m briefwell.web.login NAME` makes the line.",
        )
    return accounts


def account_line(name: str, password: str) -> str:
    """Return the line of an auth file for this name and password."""
    from argon2 import PasswordHasher

    return f"{name}:{PasswordHasher().hash(password)}"


class Login:
    """Lets in who shows a password of the auth file, and remembers them for some hours."""

    def __init__(self, accounts: dict[str, str]) -> None:
        from argon2 import PasswordHasher

        self._accounts = accounts
        self._hasher = PasswordHasher()
        # Checked for unknown names too, so that the time taken tells nothing about names.
        self._nobody = self._hasher.hash(secrets.token_urlsafe())
        self._sessions: dict[str, tuple[str, float]] = {}
        self._rate = Rate(LOGINS_A_MINUTE)

    async def check(self, request: Request, path: str) -> Response | None:
        """Return what to answer, or None to let the request through with its user named."""
        if path.startswith("briefwell/static/"):
            return None
        if path == "login" and request.method == "POST":
            return await self._enter(request)
        if path == "logout":
            return self._leave(request)
        user = self._user(request)
        if user is None:
            wants_page = request.method == "GET" and path in ("", "login")
            return _form() if wants_page else JSONResponse({"detail": "Not authenticated"}, 401)
        request.scope["briefwell.user"] = user
        return _home(request) if path == "login" else None

    def _user(self, request: Request) -> str | None:
        session = self._sessions.get(_key(request.cookies.get(COOKIE, "")))
        if session is None or session[1] < time.time():
            return None
        return session[0]

    async def _enter(self, request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=8)
        name, password = str(form.get("username", "")).strip(), str(form.get("password", ""))
        address = request.client.host if request.client else ""
        if self._rate.is_exceeded(address) or self._rate.is_exceeded(f"name {name}"):
            return _refused(request, "Too many attempts. Wait a minute, then try again.", 429)
        if not await run_in_threadpool(self._is_right, name, password):
            self._rate.count(address)
            self._rate.count(f"name {name}")
            return _refused(request, "Name or password is wrong.", 400)
        token = secrets.token_urlsafe(32)
        now = time.time()
        self._sessions = {key: kept for key, kept in self._sessions.items() if kept[1] > now}
        self._sessions[_key(token)] = (name, now + SESSION_SECONDS)
        answer = _home(request) if _is_form(request) else JSONResponse({"success": True})
        secure = (
            request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
        )
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
        return answer

    def _is_right(self, name: str, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            self._hasher.verify(self._accounts.get(name, self._nobody), password[:1024])
        except (VerificationError, InvalidHashError):
            return False
        return name in self._accounts

    def _leave(self, request: Request) -> Response:
        self._sessions.pop(_key(request.cookies.get(COOKIE, "")), None)
        answer = _home(request)
        answer.delete_cookie(COOKIE)
        return answer


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _is_form(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _home(request: Request) -> Response:
    return RedirectResponse(str(request.scope.get("root_path", "")) + "/", 303)


def _form(problem: str = "", status: int = 401) -> Response:
    page = resources.files("briefwell.web").joinpath("static", "login.html").read_text("utf-8")
    told = f'<p class="bw-problem" role="alert">{escape(problem)}</p>' if problem else ""
    return HTMLResponse(page.replace("<!-- problem -->", told), status)


def _refused(request: Request, problem: str, status: int) -> Response:
    return (
        _form(problem, status) if _is_form(request) else JSONResponse({"detail": problem}, status)
    )


def _main() -> None:
    import getpass
    import sys

    if len(sys.argv) != 2 or ":" in sys.argv[1]:
        sys.exit("usage: python -m briefwell.web.login NAME   (a name has no colon)")
    password = getpass.getpass("Password: ")
    if len(password) < 8 or password != getpass.getpass("Again: "):
        sys.exit("The passwords differ, or have fewer than 8 characters. Nothing was made.")
    sys.stdout.write(account_line(sys.argv[1], password) + "\n")


if __name__ == "__main__":
    _main()
