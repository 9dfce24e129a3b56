from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voice.recognition import models
from voice.recognition.models import BUILT_IN, ModelError, best_first, choose, find
from voice.recognition.recognizer import Recognizer
from voice.recognition.store import manifest, unscored


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN, tmp_path / "models" / "good"))


def fault(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        find(str(path), {}, path / "none")
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(f"--model {path}: ")
    assert line.endswith("; name the folder of another model, or leave --model out")
    return line


def test_each_setting_comes_before_the_next(tmp_path: Path, model: Path) -> None:
    asked = shutil.copytree(BUILT_IN, tmp_path / "asked")
    named = shutil.copytree(BUILT_IN, tmp_path / "named")
    environ = {"EASEUP_MODEL": str(named)}
    assert find(str(asked), environ, model.parent) == asked
    assert find(None, environ, model.parent) == named
    assert find(None, {}, model.parent) == model
    assert find(None, {}, tmp_path / "none") == BUILT_IN


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert find(None, {"EASEUP_MODEL": ""}, tmp_path) == BUILT_IN


def test_the_home_of_somebody_the_system_does_not_know(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="EASEUP_MODEL ~nosuchuser/model: there is no such folder"):
        find(None, {"EASEUP_MODEL": "~nosuchuser/model"}, tmp_path)


def test_of_ones_own_models_the_first_by_name(model: Path) -> None:
    first = shutil.copytree(model, model.parent / "another")
    (model.parent / ".hidden").mkdir()
    (model.parent / "a.zip").touch()
    assert find(None, {}, model.parent) == first


def downloaded(folder: Path, name: str) -> Path:
    """A model as `easeup models get` leaves it; its record is what tells."""
    copy = Path(shutil.copytree(BUILT_IN, folder / name))
    (copy / manifest.FILE).write_text("{}")
    return copy


def test_ones_own_comes_before_downloaded_ones_and_these_by_quality(tmp_path: Path) -> None:
    unknown = downloaded(tmp_path, "a-model-nobody-measured")
    small = downloaded(tmp_path, "vosk-model-small-en-us-0.15")
    assert best_first(tmp_path) == (small, unknown)
    big = downloaded(tmp_path, "vosk-model-en-us-0.22-lgraph")
    assert best_first(tmp_path) == (big, small, unknown)
    own = Path(shutil.copytree(BUILT_IN, tmp_path / "z-trained-by-myself"))
    assert best_first(tmp_path) == (own, big, small, unknown)
    assert find(None, {}, tmp_path) == own


def test_why_it_is_that_one(tmp_path: Path) -> None:
    named = {"EASEUP_MODEL": str(BUILT_IN)}
    assert choose(str(BUILT_IN), named, tmp_path).because == "as --model says"
    assert choose(None, named, tmp_path).because == "as EASEUP_MODEL says"
    assert choose(None, {}, tmp_path).because == "the built-in one, as there is no other"
    downloaded(tmp_path, "vosk-model-small-en-us-0.15")
    assert choose(None, {}, tmp_path).because == "the best of those downloaded"
    shutil.copytree(BUILT_IN, tmp_path / "trained")
    assert choose(None, {}, tmp_path).because == "your own, which comes before all others"


def test_that_nobody_has_scored_a_model_is_said(tmp_path: Path) -> None:
    own = Path(shutil.copytree(BUILT_IN, tmp_path / "own-en"))
    unscored.mark(own)
    because = "your own, which comes before all others; nobody has scored it"
    assert choose(None, {}, tmp_path).because == because
    assert choose(str(own), {}, tmp_path).because == "as --model says; nobody has scored it"
    unscored.unmark(own)
    assert choose(None, {}, tmp_path).because == "your own, which comes before all others"


def test_a_downloaded_one_that_was_damaged_is_not_passed_over(tmp_path: Path) -> None:
    folder = downloaded(tmp_path, "vosk-model-small-en-us-0.15")
    (folder / "graph" / "Gr.fst").write_bytes(b"")
    with pytest.raises(
        ModelError, match=r"damaged in graph/Gr.fst; `easeup models remove vosk-.*` and get it"
    ):
        find(None, {}, tmp_path)


def test_a_home_folder_may_be_written_short(monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    monkeypatch.setenv("HOME", str(model.parent))
    monkeypatch.setenv("USERPROFILE", str(model.parent))
    assert find("~/good", {}, model) == model


def test_every_setting_is_named_in_its_error(tmp_path: Path) -> None:
    (tmp_path / "models" / "mine").mkdir(parents=True)
    with pytest.raises(
        ModelError, match=r"^EASEUP_MODEL .*nowhere: there is no such folder; let it .* unset EASEUP_MODEL$"
    ):
        find(None, {"EASEUP_MODEL": str(tmp_path / "nowhere")}, tmp_path)
    with pytest.raises(ModelError, match=r"^your model folder .*mine: not a Vosk model .*; put another"):
        find(None, {}, tmp_path / "models")


def test_a_broken_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "BUILT_IN", tmp_path / "gone")
    with pytest.raises(ModelError, match=r"^the built-in model .*gone: .*; install easeup again$"):
        find(None, {}, tmp_path / "none")


def test_no_such_folder(tmp_path: Path) -> None:
    assert "there is no such folder" in fault(tmp_path / "nowhere")


def test_an_archive_in_place_of_a_folder(tmp_path: Path) -> None:
    archive = tmp_path / "model.zip"
    archive.touch()
    assert "this is a file" in fault(archive)


def test_everything_missing_is_named(model: Path) -> None:
    (model / "am" / "final.mdl").unlink()
    shutil.rmtree(model / "conf")
    assert "it lacks am/final.mdl, conf/model.conf, conf/mfcc.conf;" in fault(model)


@pytest.mark.parametrize("name", ["graph/HCLr.fst", "graph/Gr.fst", "graph/disambig_tid.int"])
def test_a_part_of_the_graph_is_missing(model: Path, name: str) -> None:
    (model / name).unlink()
    assert f"it lacks {name};" in fault(model)


def test_a_graph_that_takes_no_grammars(model: Path) -> None:
    (model / "graph" / "HCLG.fst").touch()
    assert "fixed graph (graph/HCLG.fst), which can't be told what to listen for" in fault(model)


def test_a_graph_that_would_crash_vosk(model: Path) -> None:
    (model / "graph" / "HCLr.fst").write_text("<html>not found</html>")
    assert "the model is damaged in graph/HCLr.fst" in fault(model)


def test_words_are_not_needed_as_text(model: Path) -> None:
    # Vosk's own small models keep them in Gr.fst. This one's are only there, so nothing can be heard.
    (model / "graph" / "words.txt").unlink()
    assert find(str(model), {}, model) == model


def test_vosk_itself_refuses(model: Path) -> None:
    (model / "am" / "final.mdl").write_bytes((BUILT_IN / "am" / "final.mdl").read_bytes()[:5000])
    with pytest.raises(ModelError, match=r"^.*good: Vosk can't load this model \(.*\); unpack it again, or"):
        Recognizer(find(str(model), {}, model))


def test_the_users_folder_is_ours() -> None:
    assert models.user_models().name == "models"
    assert models.user_models().parent.name == "easeup"
