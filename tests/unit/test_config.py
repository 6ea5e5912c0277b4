"""Settings: order of precedence, what is refused, what is masked."""

from __future__ import annotations

import pytest

from briefwell import ConfigError, Settings
from briefwell.config import ValueOrigin


@pytest.fixture
def config(tmp_path):
    def write(text: str):
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_arguments_win_over_environment_over_file_over_defaults(config, monkeypatch):
    path = config("k = 3\nport = 8001\nmax_pages = 9\n")
    monkeypatch.setenv("BRIEFWELL_PORT", "8002")
    monkeypatch.setenv("BRIEFWELL_MAX_PAGES", "10")
    settings = Settings.load(config=path, max_pages=11)
    assert (settings.k, settings.port, settings.max_pages) == (3, 8002, 11)
    assert settings.max_statements == 6
    assert settings.origin("k") is ValueOrigin.FILE
    assert settings.origin("port") is ValueOrigin.ENVIRONMENT
    assert settings.origin("max_pages") is ValueOrigin.ARGUMENT
    assert settings.origin("max_statements") is ValueOrigin.DEFAULT


def test_the_file_of_the_working_folder_is_found_without_being_named(tmp_path, monkeypatch):
    (tmp_path / "briefwell.toml").write_text("k = 5\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings.load().k == 5


def test_none_as_an_argument_means_not_given(config):
    settings = Settings.load(config=config("port = 8001\n"), port=None)
    assert settings.port == 8001
    assert settings.origin("port") is ValueOrigin.FILE


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "marked.toml"
    path.write_bytes("k = 4\n".encode("utf-8-sig"))
    assert Settings.load(config=path).k == 4


def test_environment_names_may_be_in_any_letter_case_and_empty_means_not_set(monkeypatch):
    monkeypatch.setenv("briefwell_k", "7")
    monkeypatch.setenv("BRIEFWELL_PORT", " ")
    settings = Settings.load()
    assert settings.k == 7
    assert settings.origin("port") is ValueOrigin.DEFAULT


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("emmbeding_model", "Did you mean 'embedding_model'?"),
        ("PORT", "Did you mean 'port'?"),
        ("model-timeout", "Did you mean 'model_timeout'?"),
        ("documents", "--documents FOLDER"),
        ("zzz", "`briefwell status` lists every setting."),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_right_one(config, name, remedy):
    with pytest.raises(ConfigError) as caught:
        Settings.load(config=config(f"{name} = 1\n"))
    assert caught.value.problem == f"There is no setting {name!r} (from the settings file)."
    assert remedy in caught.value.remedy


def test_an_unknown_environment_name_is_told_as_it_is_written(monkeypatch):
    monkeypatch.setenv("BRIEFWELL_PROT", "1")
    with pytest.raises(ConfigError) as caught:
        Settings.load()
    assert "BRIEFWELL_PROT" in caught.value.problem
    assert caught.value.remedy == "Did you mean 'port'?"


def test_the_constructor_refuses_in_the_same_words():
    with pytest.raises(ConfigError, match="Did you mean 'k'"):
        Settings(kk=1)
    with pytest.raises(ConfigError, match="'k' \\(from the arguments\\) cannot be '0'"):
        Settings(k=0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("k", 0),
        ("k", 101),
        ("chunk_tokens", 31),
        ("max_statements", 0),
        ("evidence_threshold", 1.01),
        ("evidence_threshold", float("nan")),
        ("port", 65536),
        ("port", -1),
        ("model_timeout", 0),
        ("load_seconds", 0),
        ("load_memory_bytes", 1000),
        ("workers", -1),
        ("max_file_bytes", 0),
        ("device", "tpu"),
        ("embedding_model", ""),
        ("host", ""),
        ("model", "llama"),
        ("model", ":llama"),
        ("model", "ollama:"),
        ("chroma_url", "localhost:8000"),
        ("model_base_url", "ftp://host"),
        ("model_base_url", "http://"),
    ],
)
def test_values_out_of_bounds_are_refused_by_name(name, value):
    with pytest.raises(ConfigError) as caught:
        Settings.load(**{name: value})
    assert f"The setting {name!r} (from the arguments)" in caught.value.problem
    assert "`briefwell status`" in caught.value.remedy


@pytest.mark.parametrize(
    "name", ["model", "model_base_url", "model_api_key", "reranker", "chroma_url"]
)
def test_an_empty_string_means_none_where_none_is_allowed(name):
    assert getattr(Settings(**{name: "  "}), name) is None


def test_a_missing_or_broken_file_is_named(tmp_path, config):
    with pytest.raises(ConfigError, match="cannot be read") as caught:
        Settings.load(config=tmp_path / "none.toml")
    assert "--config" in caught.value.remedy
    with pytest.raises(ConfigError, match="cannot be read"):
        Settings.load(config=config("k = \n"))


def test_secrets_are_masked_wherever_settings_are_shown():
    settings = Settings(
        model_api_key="sk-very-secret", chroma_url="http://ada:hunter2@host:8000/x?y=1"
    )
    shown = settings.shown()
    assert shown["model_api_key"] == ("**********", ValueOrigin.ARGUMENT)
    assert shown["chroma_url"][0] == "http://ada:**********@host:8000/x?y=1"
    assert shown["model"] == ("not set", ValueOrigin.DEFAULT)
    assert "very-secret" not in repr(settings)


def test_secrets_are_masked_in_errors():
    with pytest.raises(ConfigError) as caught:
        Settings(model_api_key=12345678)
    assert "12345678" not in str(caught.value)
    with pytest.raises(ConfigError) as caught:
        Settings(chroma_url="ftp://ada:hunter2@host")
    assert "hunter2" not in str(caught.value)


def test_the_state_folder_may_start_at_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings(state="~/notes").state == tmp_path / "notes"


def test_every_setting_is_shown():
    assert list(Settings().shown()) == list(Settings.model_fields)
