"""Finds the recognition model and sees that its folder holds one. Loads nothing.

A model is a folder in Vosk's format with a graph that takes grammars at run time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "EASEUP_MODEL"
BUILT_IN = Path(__file__).parent / "builtin" / "interim-en"

_GRAPHS = ("graph/HCLr.fst", "graph/Gr.fst")
_NEEDED = ("am/final.mdl", "conf/model.conf", *_GRAPHS, "graph/disambig_tid.int")
_FEATURES = ("conf/mfcc.conf", "conf/fbank.conf")
_FIXED_GRAPH = "graph/HCLG.fst"
_FST_MAGIC = b"\xd6\xfd\xb2\x7e"
"""The first four bytes of every OpenFST file. Given anything else for a graph, Vosk crashes."""


class ModelError(Exception):
    """The recognition model can't be used; as text, one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Choice:
    path: Path
    setting: str
    """What pointed there."""
    instead: str
    """How to do without it."""


def user_models() -> Path:
    """The folder for a user's own models, whether it is there or not."""
    return user_data_path("easeup", appauthor=False) / "models"


def find(option: str | None, environ: Mapping[str, str], user_folder: Path) -> Path:
    """The model to use: by `--model`, else by EASEUP_MODEL, else the user's first, else the built-in one.

    What was asked for and is no model is an error, never passed over: somebody would wonder why their model
    is not used.

    Args:
        option: What `--model` was given.
        environ: Environment variables; an empty EASEUP_MODEL counts as unset.
        user_folder: Folder of the user's models. The first folder by name is taken; hidden ones don't count.

    Raises:
        ModelError: What was found is not a model.
    """
    choice = _choice(option, environ, user_folder)
    fault = _fault(choice.path)
    if fault:
        raise ModelError(f"{choice.setting} {choice.path}: {fault}; {choice.instead}")
    return choice.path


def _choice(option: str | None, environ: Mapping[str, str], user_folder: Path) -> _Choice:
    if option is not None:
        path = Path(option).expanduser()
        return _Choice(path, "--model", "name the folder of another model, or leave --model out")
    if named := environ.get(VARIABLE):
        path = Path(named).expanduser()
        return _Choice(path, VARIABLE, f"let it name the folder of another model, or unset {VARIABLE}")
    if models := sorted(_folders(user_folder)):
        return _Choice(models[0], "your model folder", "put another model in its place, or take it away")
    return _Choice(BUILT_IN, "the built-in model", "install easeup again")


def _folders(parent: Path) -> Iterator[Path]:
    if parent.is_dir():
        yield from (path for path in parent.iterdir() if path.is_dir() and not path.name.startswith("."))


def _fault(path: Path) -> str | None:
    """What keeps a folder from being a model."""
    if not path.exists():
        return "there is no such folder"
    if not path.is_dir():
        return "this is a file, and a model is a folder (unpack it, if it is an archive)"
    if (path / _FIXED_GRAPH).exists():
        return f"a model with a fixed graph ({_FIXED_GRAPH}), which can't be told what to listen for"
    missing = [name for name in _NEEDED if not (path / name).is_file()]
    if not any((path / name).is_file() for name in _FEATURES):
        missing.append(_FEATURES[0])
    if missing:
        return f"not a Vosk model that takes grammars, for it lacks {', '.join(missing)}"
    damaged = [name for name in _GRAPHS if not _is_fst(path / name)]
    if damaged:
        return f"the model is damaged in {', '.join(damaged)}"
    return None


def _is_fst(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_FST_MAGIC)) == _FST_MAGIC
