from __future__ import annotations

from pathlib import Path

import pytest

from voice import resources


@pytest.mark.parametrize("name", ["routines", "prompts"])
def test_the_bundled_folders_are_found(name: str) -> None:
    found = resources.folder(name)  # type: ignore[arg-type]  # parametrized
    assert found.name == name
    assert any(found.rglob("*.yaml"))


def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "site-packages" / "voice"
    (package / "_data" / "routines").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    return package


def test_a_wheel_carries_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = installed(tmp_path, monkeypatch)
    (package.parent / "routines").mkdir()  # another distribution's, in site-packages
    assert resources.folder("routines") == package / "_data" / "routines"


def test_a_checkout_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = installed(tmp_path, monkeypatch)
    (package.parent / "routines").mkdir()
    (package.parent / "pyproject.toml").touch()
    assert resources.folder("routines") == package.parent / "routines"


def test_an_incomplete_installation_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, monkeypatch)
    with pytest.raises(FileNotFoundError, match="install it again"):
        resources.folder("prompts")
