"""Settings: defaults < `briefwell.toml` < `BRIEFWELL_*` environment < arguments."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import platformdirs
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from briefwell.errors import ConfigError

CONFIG_FILE = "briefwell.toml"
ENVIRONMENT_PREFIX = "BRIEFWELL_"
MASK = "**********"

_PASSWORD = re.compile(r"(://[^/@:\s]*:)[^@/\s]*@")


class Device(StrEnum):
    """Where embeddings are computed while indexing."""

    CPU = "cpu"
    CUDA = "cuda"


class Precision(StrEnum):
    """The numbers a compiled embedding model computes with."""

    FLOAT32 = "float32"
    INT8 = "int8"


class ValueOrigin(StrEnum):
    """Where the value of a setting came from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    ARGUMENT = "argument"


def _none_if_empty(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _require_provider(value: str | None) -> str | None:
    provider, colon, name = (value or "provider:name").partition(":")
    if not (provider and colon and name):
        raise ValueError("a chat model is written provider:name, as in ollama:llama3.2")
    return value


def _require_web_address(value: str | None) -> str | None:
    parts = urlsplit(value or "http://localhost")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address starts with http:// or https:// and names a host")
    return value


Word = Annotated[str, Field(min_length=1)]
OptionalWord = Annotated[str | None, BeforeValidator(_none_if_empty)]
WebAddress = Annotated[OptionalWord, AfterValidator(_require_web_address)]


class Settings(BaseModel):
    """Everything that can be chosen. Unknown names are refused.

    An empty string means "not set" for a setting that may be None.

    Attributes:
        embedding_model: A sentence-transformers model, by name or folder.
        device: `cpu`, or `cuda` to index with sentence-transformers on a GPU.
        precision: `float32`, or `int8`: the model runs faster, its vectors are a little rounder.
        model: A chat model as `provider:name`; None answers from the evidence alone.
        model_timeout: Seconds one call of the chat model may take.
        model_base_url: Address of the model's API, for servers that speak a known protocol.
        model_api_key: Key for that API, when it is not in the provider's own variable.
        reranker: A sentence-transformers CrossEncoder, by name or folder; None for none.
        chunk_tokens: Most tokens of one chunk's text, in the embedding model's own count.
        k: How many passages an answer looks at.
        max_statements: Most statements of an evidence answer that is not a list.
        evidence_threshold: Least evidence score, 0 to 1, for which an answer is given.
        prefer_newer: Rank newer documents first where relevance is equal.
        chroma_url: Address of a Chroma server; None keeps the vectors in the index folder.
        chroma_timeout: Seconds to wait for that server.
        state: Folder for what cannot be made again (conversations, feedback).
        max_file_bytes: Largest source that is read.
        max_characters: Most characters of one document.
        max_pages: Most pages of one document.
        load_seconds: Most seconds one source may take to load.
        load_memory_bytes: Most memory one loading process may take.
        workers: Loading processes; 0 means one for each core.
        host: Address the web page listens on.
        port: Port the web page listens on.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    embedding_model: Word = "all-MiniLM-L6-v2"
    device: Device = Device.CPU
    precision: Precision = Precision.FLOAT32
    model: Annotated[OptionalWord, AfterValidator(_require_provider)] = None
    model_timeout: float = Field(default=60.0, gt=0, le=3600)
    model_base_url: WebAddress = None
    model_api_key: Annotated[SecretStr | None, BeforeValidator(_none_if_empty)] = None
    reranker: OptionalWord = None
    chunk_tokens: int = Field(default=160, ge=32, le=4096)
    k: int = Field(default=8, ge=1, le=100)
    max_statements: int = Field(default=6, ge=1, le=50)
    evidence_threshold: float = Field(default=0.5, ge=0, le=1)
    prefer_newer: bool = False
    chroma_url: WebAddress = None
    chroma_timeout: float = Field(default=5.0, gt=0, le=600)
    state: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("briefwell"))
    )
    max_file_bytes: int = Field(default=200_000_000, ge=1)
    max_characters: int = Field(default=20_000_000, ge=1)
    max_pages: int = Field(default=5_000, ge=1)
    load_seconds: float = Field(default=120.0, gt=0)
    load_memory_bytes: int = Field(default=2_000_000_000, ge=200_000_000)
    workers: int = Field(default=0, ge=0, le=256)
    host: Word = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)

    _origins: dict[str, ValueOrigin] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _explain(
        cls, values: Any, handler: ModelWrapValidatorHandler[Settings], info: ValidationInfo
    ) -> Settings:
        """Say what is wrong as a `ConfigError`, with where the value came from."""
        origins: Mapping[str, ValueOrigin] = info.context or {}
        for name in values if isinstance(values, Mapping) else ():
            _refuse_unknown(name, origins.get(name, ValueOrigin.ARGUMENT))
        try:
            return handler(values)
        except ValidationError as error:
            raise _as_config_error(error, origins) from None

    @classmethod
    def load(cls, *, config: Path | None = None, **arguments: Any) -> Settings:
        """Gather settings from file, environment and arguments, in this order.

        Args:
            config: The file; None looks for `briefwell.toml` in the working folder.
            **arguments: Values that win over all others; None means not given.

        Raises:
            ConfigError: A name is unknown, a value is out of bounds, a file cannot be read.
        """
        layers = (
            (ValueOrigin.FILE, _from_file(config)),
            (ValueOrigin.ENVIRONMENT, _from_environment(os.environ)),
            (ValueOrigin.ARGUMENT, {k: v for k, v in arguments.items() if v is not None}),
        )
        values: dict[str, Any] = {}
        origins: dict[str, ValueOrigin] = {}
        for origin, layer in layers:
            values.update(layer)
            origins.update(dict.fromkeys(layer, origin))
        settings = cls.model_validate(values, context=origins)
        settings._origins.update(origins)
        return settings

    def origin(self, name: str) -> ValueOrigin:
        """Return where the value of setting `name` came from."""
        if name in self._origins:
            return self._origins[name]
        return ValueOrigin.ARGUMENT if name in self.model_fields_set else ValueOrigin.DEFAULT

    def shown(self) -> dict[str, tuple[str, ValueOrigin]]:
        """Return each setting's value, secrets masked, and where it came from."""
        return {
            name: (_masked(getattr(self, name)), self.origin(name))
            for name in type(self).model_fields
        }


def _masked(value: object) -> str:
    """Return a value as text; a secret, and a password inside an address, become stars."""
    return "not set" if value is None else _PASSWORD.sub(rf"\1{MASK}@", str(value))


def _refuse_unknown(name: str, origin: ValueOrigin) -> None:
    if name in Settings.model_fields:
        return
    near = difflib.get_close_matches(name.lower().replace("-", "_"), Settings.model_fields, n=1)
    if name in ("documents", "index"):
        hint = f"The folder is an argument: --{name} FOLDER, or {name}=… in Assistant.open."
    elif near:
        hint = f"Did you mean {near[0]!r}?"
    else:
        hint = "`briefwell status` lists every setting."
    raise ConfigError(f"There is no setting {name!r} (from {_place(name, origin)}).", hint)


def _place(name: str, origin: ValueOrigin) -> str:
    if origin is ValueOrigin.ENVIRONMENT:
        return f"the environment, {ENVIRONMENT_PREFIX}{name.upper()}"
    return {ValueOrigin.FILE: "the settings file", ValueOrigin.ARGUMENT: "the arguments"}[origin]


def _from_file(config: Path | None) -> Mapping[str, Any]:
    path = config or Path(CONFIG_FILE)
    if config is None and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            f"The settings file {str(path)!r} cannot be read: {error.strerror or error}.",
            "Make it, or name another one with --config.",
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            f"The settings file {str(path)!r} cannot be read: {error}.",
            "Correct the file, or name another one with --config.",
        ) from error


def _from_environment(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Gather `BRIEFWELL_*`, in any letter case; an empty variable counts as not set."""
    return {
        name[len(ENVIRONMENT_PREFIX) :].lower(): value
        for name, value in environment.items()
        if name.upper().startswith(ENVIRONMENT_PREFIX) and value.strip()
    }


def _as_config_error(error: ValidationError, origins: Mapping[str, ValueOrigin]) -> ConfigError:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    value = MASK if name == "model_api_key" else repr(_masked(first.get("input")))
    origin = origins.get(name, ValueOrigin.ARGUMENT)
    reason = first["msg"].removeprefix("Value error, ")
    return ConfigError(
        f"The setting {name!r} (from {_place(name, origin)}) cannot be {value}: {reason}.",
        f"Correct {name!r} there; `briefwell status` shows every setting.",
    )
