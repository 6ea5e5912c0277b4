"""What the guard lets through, and what it says with everything it lets out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import briefwell
from briefwell.errors import ConfigError
from briefwell.web import build, mount, serve
from briefwell.web.guard import Policy, is_local, is_open_path, script_hashes
from briefwell.web.login import account_line
from doubles import HashEmbedder

LOCAL = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> briefwell.Assistant:
    place = tmp_path_factory.mktemp("guard")
    (place / "documents").mkdir()
    return briefwell.Assistant.open(
        documents=place / "documents",
        index=place / "index",
        settings=briefwell.Settings(state=place / "state"),
        embedder=HashEmbedder(),
    )


@pytest.fixture(scope="module")
def client(assistant: briefwell.Assistant) -> Iterator[TestClient]:
    app = mount(FastAPI(openapi_url=None), "/", assistant, hosts={"127.0.0.1", "localhost"})
    with TestClient(app, base_url=LOCAL) as opened:
        yield opened


@pytest.fixture(scope="module")
def read_only(assistant: briefwell.Assistant) -> Iterator[TestClient]:
    app = mount(FastAPI(), "/", assistant, hosts={"127.0.0.1"}, read_only=True)
    with TestClient(app, base_url=LOCAL) as opened:
        yield opened


@pytest.fixture
def locked(assistant: briefwell.Assistant, tmp_path: Path) -> Iterator[TestClient]:
    file = tmp_path / "people"
    file.write_text(f"# staff\n{account_line('ada', 'long password')}\n", encoding="utf-8")
    app = mount(FastAPI(), "/", assistant, hosts={"127.0.0.1"}, auth_file=file)
    with TestClient(app, base_url=LOCAL, follow_redirects=False) as opened:
        yield opened


# --- the policy of the page -----------------------------------------------------------


def test_scripts_run_only_as_files_or_with_their_hash(client):
    page = client.get("/")
    policy = dict(
        part.split(" ", 1) for part in page.headers["content-security-policy"].split("; ")
    )
    sources = policy["script-src"].split()
    assert sources[0] == "'self'"
    assert all(source.startswith("'sha256-") for source in sources[1:])
    assert len(sources) > 2
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in page.headers["content-security-policy"]


def test_a_hash_is_that_of_the_script():
    page = b'<script src="a.js"></script><script data-x>let a = 1;</script>'
    digest = base64.b64encode(hashlib.sha256(b"let a = 1;").digest()).decode()
    assert script_hashes(page) == [f"'sha256-{digest}'"]


def test_no_event_of_the_page_carries_javascript(client):
    config = client.get("/config").json()
    assert [item["id"] for item in config["dependencies"] if item.get("js")] == []
    assert [item["type"] for item in config["components"] if item["type"] == "html"] == []


def test_only_ask_is_public(client):
    named = client.get("/gradio_api/info").json()["named_endpoints"]
    assert list(named) == ["/ask"]
    config = client.get("/config").json()
    public = [
        item["api_name"] for item in config["dependencies"] if item["api_visibility"] == "public"
    ]
    assert public == ["ask"]


def test_every_answer_is_protected(client):
    for path in ("/", "/config", "/nothing", "/briefwell/static/app.js"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"


def test_analytics_share_and_run_history_are_off(client, assistant):
    config = client.get("/config").json()
    assert config["analytics_enabled"] is False
    assert not config.get("run_history")
    assert config.get("enable_monitoring") in (None, False)
    with pytest.raises(ConfigError, match="briefwell serve --host"):
        build(assistant).launch(share=True)


# --- hosts and origins ----------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "LOCALHOST:1", "127.0.0.1."])
def test_our_names_are_answered(client, host):
    assert client.get("/config", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "[::1", "", "localhost.evil:7860"]
)
def test_other_names_are_refused(client, host):
    assert client.get("/config", headers={"host": host}).status_code == 421


def test_a_forwarded_host_counts_for_nothing(client):
    told = {"host": "evil.example", "x-forwarded-host": "127.0.0.1"}
    assert client.get("/config", headers=told).status_code == 421
    page = client.get("/", headers={"x-forwarded-host": "evil.example"})
    assert page.status_code == 200
    assert "evil.example" not in page.text


@given(st.text(max_size=80))
def test_no_host_header_breaks_the_check(host):
    assert Policy().is_host(host) in (True, False)


def test_any_address_is_ours_when_listening_everywhere_but_no_foreign_name():
    policy = Policy(hosts=frozenset({"localhost", "*"}))
    assert policy.is_host("192.168.1.7:7860")
    assert policy.is_host("[fe80::1]:7860")
    assert not policy.is_host("evil.example")


def test_other_sites_cannot_post(client):
    body = {"search": ""}
    path = "/briefwell/conversations"
    assert client.post(path, json=body).status_code == 200
    assert client.post(path, json=body, headers={"origin": LOCAL}).status_code == 200
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post(path, json=body, headers=headers).status_code == 403


# --- paths and sizes ------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=http://evil.example",
        "/gradio_api/dev/reload",
        "/gradio_api/runs",
        "/gradio_api/openapi.json",
        "/monitoring",
        "/gradio_api/deep_link?session_hash=x",
        "/docs",
        "/openapi.json",
        "/static/../../etc/passwd",
        "/briefwell/static/../routes.py",
        "/briefwell/static/routes.py",
    ],
)
def test_closed(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/gradio_api/run/predict", "/gradio_api/component_server", "/gradio_api/vibe-edit/"]
)
def test_closed_for_posts(client, path):
    assert client.post(path, json={}).status_code == 404


def test_a_large_body_is_refused(client):
    answer = client.post("/briefwell/document", content=b"x" * 2_000_001)
    assert answer.status_code == 413


def test_read_only_has_no_door_for_files_or_reindexing(read_only, client):
    file = {"files": ("a.txt", b"x")}
    assert read_only.post("/gradio_api/upload", files=file).status_code == 404
    assert client.post("/gradio_api/upload", files=file).status_code == 200
    shown = [item["props"].get("elem_id") for item in read_only.get("/config").json()["components"]]
    assert "bw-add" not in shown
    assert "bw-reindex" not in shown


@given(st.text(max_size=60))
def test_an_unknown_path_is_closed(path):
    assert not is_open_path(f"gradio_api/file={path}", method="GET", read_only=False)
    assert not is_open_path(f"gradio_api/proxy={path}", method="GET", read_only=False)


# --- our own routes -------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"source": "x", "citations": 3}', b'{"citations": [{"n": "x"}]}']
)
def test_nonsense_is_told_as_such(client, body):
    for path in ("document", "passages"):
        answer = client.post(f"/briefwell/{path}", content=body)
        assert answer.status_code in (400, 404, 503)
        assert answer.json()["problem"]


@pytest.mark.parametrize("source", ["../../etc/passwd", "/etc/passwd", "nothing.txt", ""])
def test_only_indexed_sources_are_read(client, assistant, source):
    assistant.reindex()
    answer = client.post("/briefwell/document", json={"source": source, "citations": []})
    assert answer.status_code == 404
    assert client.get("/briefwell/page", params={"source": source, "page": 1}).status_code == 404


# --- signing in -----------------------------------------------------------------------


def test_nothing_is_read_before_signing_in(locked):
    page = locked.get("/")
    assert page.status_code == 401
    assert "Sign in to Briefwell" in page.text
    assert "gradio" not in page.text
    for path in ("/config", "/theme.css", "/gradio_api/info", "/briefwell/health"):
        assert locked.get(path).status_code == 401
    for path in ("/gradio_api/queue/join", "/briefwell/document", "/briefwell/conversations"):
        assert locked.post(path, json={}).status_code == 401


def test_signing_in_and_out(locked):
    form = {"username": "ada", "password": "long password"}
    answer = locked.post("/login", data=form, headers={"accept": "text/html"})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert locked.get("/config").status_code == 200
    locked.get("/logout")
    assert locked.get("/config").status_code == 401


def test_programs_sign_in_as_gradios_client_does(locked):
    answer = locked.post("/login", data={"username": "ada", "password": "long password"})
    assert answer.json() == {"success": True}


@pytest.mark.parametrize(
    ("name", "password"),
    [("ada", "wrong"), ("bob", "long password"), ("", ""), ("ada", "x" * 9999)],
)
def test_wrong_names_and_passwords_get_the_same_answer(locked, name, password):
    answer = locked.post("/login", data={"username": name, "password": password})
    assert (answer.status_code, answer.json()["detail"]) == (400, "Name or password is wrong.")


def test_guessing_is_slowed_down(locked):
    form = {"username": "ada", "password": "wrong"}
    codes = [locked.post("/login", data=form).status_code for _ in range(12)]
    assert codes[0] == 400
    assert codes[-1] == 429
    right = {"username": "ada", "password": "long password"}
    assert locked.post("/login", data=right).status_code == 429


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("", "has no accounts"),
        ("ada:secret\n", "Line 1 .* is not an account"),
        ("# x\n\nada\n", "Line 3 .* is not an account"),
    ],
)
def test_an_auth_file_that_cannot_be_used(assistant, tmp_path, words, problem):
    file = tmp_path / "people"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(ConfigError, match=problem) as caught:
        mount(FastAPI(), "/", assistant, auth_file=file)
    assert "briefwell.web.login" in caught.value.remedy


def test_an_auth_file_that_is_not_there(assistant, tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        mount(FastAPI(), "/", assistant, auth_file=tmp_path / "none")


# --- where it listens -----------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "example.org"])
def test_other_addresses_need_an_auth_file(assistant, host):
    with pytest.raises(ConfigError, match="could read your documents") as caught:
        serve(assistant, host=host, port=0)
    assert "--auth-file" in caught.value.remedy


def test_local_addresses():
    assert all(is_local(host) for host in ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"))
    assert not any(is_local(host) for host in ("0.0.0.0", "::", "10.0.0.1", "localhost.evil"))


def test_a_port_in_use_is_told_with_the_remedy(assistant):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"Port {port} of '?127.0.0.1'? is in use") as caught:
            serve(assistant, port=port)
    assert f"--port {port + 1}" in caught.value.remedy


def test_an_address_of_another_machine_is_told(assistant, tmp_path):
    file = tmp_path / "people"
    file.write_text(account_line("ada", "long password"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cannot listen on '192\.0\.2\.1'"):
        serve(assistant, host="192.0.2.1", port=0, auth_file=file)
