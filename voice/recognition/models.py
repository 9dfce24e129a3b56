"""Finds the recognition model and sees that its folder holds one. Loads nothing.

A model is a folder in Vosk's format with a graph that takes grammars at run time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from voice import places

from .store.known import preference
from .store.manifest import is_downloaded
from .store.unscored import is_unscored

VARIABLE = "EASEUP_MODEL"
BUILT_IN = Path(__file__).parent / "builtin" / "easeup-en"

_GRAPHS = ("graph/HCLr.fst", "graph/Gr.fst")
_NEEDED = ("am/final.mdl", "conf/model.conf", *_GRAPHS, "graph/disambig_tid.int")
_FEATURES = ("conf/mfcc.conf", "conf/fbank.conf")
_FIXED_GRAPH = "graph/HCLG.fst"
_FST_MAGIC = b"\xd6\xfd\xb2\x7e"
"""The first four bytes of every OpenFST file. Given anything else for a graph, Vosk crashes."""


class ModelError(Exception):
    """The recognition model can't be used; as text, one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The model to use, and why that one."""

    path: Path
    because: str
    """Why, to be said after "used": "the built-in one, as there is no other"."""
    setting: str
    """What pointed there."""
    instead: str
    """How to do without it."""


def user_models() -> Path:
    """The folder for a user's models, whether it is there or not."""
    return places.data() / "models"


def find(option: str | None, environ: Mapping[str, str], user_folder: Path) -> Path:
    """The folder of the model to use; see `choose`.

    Raises:
        ModelError: What was found is not a model.
    """
    return choose(option, environ, user_folder).path


def choose(option: str | None, environ: Mapping[str, str], user_folder: Path) -> Choice:
    """The model to use: by `--model`, else by EASEUP_MODEL, else the user's best, else the built-in one.

    What was asked for and is no model is an error, never passed over: somebody would wonder why their model
    is not used.

    Args:
        option: What `--model` was given.
        environ: Environment variables; an empty EASEUP_MODEL counts as unset.
        user_folder: Folder of the user's models, of which the first of `best_first` is taken.

    Raises:
        ModelError: What was found is not a model.
    """
    choice = _choice(option, environ, user_folder)
    wrong = fault(choice.path)
    if wrong:
        raise ModelError(f"{choice.setting} {choice.path}: {wrong}; {choice.instead}")
    if is_unscored(choice.path):
        return replace(choice, because=f"{choice.because}; nobody has scored it")
    return choice


def best_first(user_folder: Path) -> tuple[Path, ...]:
    """The user's models: own ones by name, then downloaded ones by measured quality.

    Who trains or unpacks a model himself wants that one used. Hidden folders don't count.
    """
    folders = sorted(_folders(user_folder))
    own = [folder for folder in folders if not is_downloaded(folder)]
    downloaded = [folder for folder in folders if is_downloaded(folder)]
    return (*own, *sorted(downloaded, key=lambda folder: preference(folder.name)))


def _choice(option: str | None, environ: Mapping[str, str], user_folder: Path) -> Choice:
    if option is not None:
        path = _folder(option)
        instead = "name the folder of another model, or leave --model out"
        return Choice(path, "as --model says", "--model", instead)
    if named := environ.get(VARIABLE):
        path = _folder(named)
        instead = f"let it name the folder of another model, or unset {VARIABLE}"
        return Choice(path, f"as {VARIABLE} says", VARIABLE, instead)
    if not (models := best_first(user_folder)):
        because = "the built-in one, as there is no other"
        return Choice(BUILT_IN, because, "the built-in model", "install easeup again")
    best = models[0]
    if is_downloaded(best):
        because = "the best of those downloaded"
        instead = f"`easeup models remove {best.name}` and get it again"
        return Choice(best, because, "the downloaded model", instead)
    because = "your own, which comes before all others"
    return Choice(best, because, "your model folder", "put another model in its place, or take it away")


def _folder(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # somebody's home whom the system doesn't know: no such folder
        return Path(name)


def _folders(parent: Path) -> Iterator[Path]:
    if parent.is_dir():
        yield from (path for path in parent.iterdir() if path.is_dir() and not path.name.startswith("."))


def fault(path: Path) -> str | None:
    """What keeps a folder from being a model; None: nothing that can be seen without loading it."""
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
