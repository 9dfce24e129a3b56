"""`easeup doctor`: what works on this machine."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from .group import ENVIRONMENT_PROBLEM, easeup, model_option, plainly


@easeup.command(short_help="Is everything here that it needs?")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@model_option
def doctor(as_json: bool, model: Path | None) -> None:
    """Look whether everything is here: voice, microphone, loudspeaker, model. Each is ok, or what to do."""
    from voice.app.doctor import examine

    with plainly():
        findings = examine(model)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.part:<12}  {'ok' if finding.ok else 'NOT OK':<6}  {finding.says}")
    if not all(finding.ok for finding in findings):
        sys.exit(ENVIRONMENT_PROBLEM)
