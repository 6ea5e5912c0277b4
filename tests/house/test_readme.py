"""The README is true: its blocks run, its tables name what exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from briefwell import Settings
from briefwell.cli import main
from briefwell.cli.commands import briefwell as commands

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SERVES = {"serve"}
"""Commands that end only when they are stopped; `tests/journey` runs them."""

pytestmark = [pytest.mark.model]


def _blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


@pytest.fixture(scope="module")
def folder(compiled_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample documents, copied: no test writes to the user's folders."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "documents", place / "documents")
    shutil.copytree(compiled_models, place / "index" / "models")
    return place


@pytest.mark.parametrize("block", _blocks("python"), ids=["first", "follow-ups", "mounted"])
def test_python_blocks_run(block, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.strip()


def test_command_blocks_run(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    lines = [line for block in _blocks("sh") for line in block.splitlines()]
    words = [shlex.split(line) for line in lines if line.startswith("briefwell ")]
    assert len(words) >= 5
    for _, *arguments in words:
        if arguments[0] not in SERVES:
            assert (arguments, main(arguments)) == (arguments, 0)
    assert "Bicentennial" in capsys.readouterr().out


def test_make_targets_of_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)?)\b *(?:#|`|$)", README)) <= targets


def test_settings_blocks_are_settings(tmp_path):
    for block in _blocks("toml"):
        path = tmp_path / "briefwell.toml"
        path.write_text(block, encoding="utf-8")
        assert Settings.load(config=path).model == "ollama:llama3.2"


def test_every_setting_stands_in_the_table_with_its_default_and_meaning():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*? \| .*?) \|$", README, re.MULTILINE))
    meanings = _documented_settings()
    assert list(meanings) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        default = "not set" if field.default is None else f"`{field.default}`"
        if name == "state":
            default = "the user's data folder"
        assert rows[name] == f"{default} | {meanings[name]}"


def _documented_settings() -> dict[str, str]:
    attributes = (Settings.__doc__ or "").partition("Attributes:")[2]
    found = re.findall(r"^ +(\w+): (.*(?:\n {12,}\S.*)*)", attributes, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def test_every_command_and_option_is_documented():
    shared_by_all = {"documents", "index", "config", "help"}
    rows = dict(re.findall(r"^\| `(\w+)[^|]*\| [^|]+ \| (.*) \|$", README, re.MULTILINE))
    for name, command in commands.commands.items():
        own = {
            option
            for parameter in command.params
            if parameter.name not in shared_by_all
            for option in parameter.opts
            if option.startswith("-")
        }
        assert set(re.findall(r"`(--?[a-z-]+)`", rows[name])) == own
    for option in ("--documents", "--index", "--config"):
        assert f"`{option}`" in README


def test_every_command_and_option_has_help():
    for name, command in commands.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"
        assert {"documents", "index", "config"} <= {item.name for item in command.params}


def test_rooms_of_the_readme_exist():
    table = README.partition("### Where is my room?")[2].partition("\n## ")[0]
    named = re.findall(r"`((?:src|tests)/[\w./]+)`", table)
    assert len(named) >= 10
    assert [place for place in named if not (ROOT / place).exists()] == []


def test_links_of_the_readme_lead_to_files():
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (ROOT / target).exists()] == []
