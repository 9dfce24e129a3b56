"""The diary as health records: a Bundle of FHIR R4 (4.0.1; R4B has the same of what is used here).

A Patient for each person, a Procedure for each massage, an Observation for each comfort that was told and for
each pain stop. Nothing identifies a person but the number on this device, and a name where one was given.

What is coded, and what is only said in words:

- A massage is SNOMED CT's 387854002, the concept of massage as a treatment. It goes without a display, for
  its preferred term differs between editions.
- Comfort is words only. The rating scales that are coded from 0 to 10, such as LOINC's 72514-3, rate pain,
  where 10 is the worst; here 10 is the best, and no code may say otherwise.
- What hurt, and where, is words only: somebody cried out under a hand, which is no diagnosis.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from uuid import NAMESPACE_OID, UUID, uuid5

from voice.diary.entry import Entry, Kind, PainStop

from .moments import utc

Resource = dict[str, object]
MASSAGE = {"system": "http://snomed.info/sct", "code": "387854002"}
_SURVEY = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "survey",
            "display": "Survey",
        }
    ]
}
"""What a person was asked."""
_HURT = {
    Kind.SHARP: "Sharp pain",
    Kind.NUMB: "Numb or tingling",
    Kind.TOO_HARD: "Only too hard",
    Kind.UNSAID: "It hurt; how was not said",
}


def fhir(entries: Sequence[Entry], names: Mapping[int, str]) -> str:
    """All massages, oldest first, as a Bundle of the type "collection"."""
    bundle: Resource = {"resourceType": "Bundle", "type": "collection"}
    if resources := list(_resources(entries, names)):  # FHIR knows no empty lists
        bundle["entry"] = [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources]
    return json.dumps(bundle, indent=2, ensure_ascii=False) + "\n"


def _resources(entries: Sequence[Entry], names: Mapping[int, str]) -> Iterator[Resource]:
    people: dict[int, UUID] = {}
    for entry in entries:
        if entry.person not in people:
            # Number 1 is somebody else on every device, so that the first massage's moment tells them apart.
            people[entry.person] = uuid5(NAMESPACE_OID, f"easeup {entry.person} {entry.began.isoformat()}")
            yield _patient(people[entry.person], entry.person, names.get(entry.person))
        yield from _massage(entry, people[entry.person])


def _patient(own: UUID, number: int, name: str | None) -> Resource:
    patient: Resource = {
        "resourceType": "Patient",
        "id": str(own),
        "identifier": [{"value": str(number), "assigner": {"display": "easeup, on one device"}}],
    }
    if name:
        patient["name"] = [{"text": name}]
    return patient


def _massage(entry: Entry, patient: UUID) -> Iterator[Resource]:
    own = uuid5(patient, f"massage {entry.began.isoformat()}")
    whose = {"subject": {"reference": f"urn:uuid:{patient}"}}
    period = {"start": utc(entry.began)}
    if entry.ended is not None:
        period["end"] = utc(entry.ended)
    yield {
        "resourceType": "Procedure",
        "id": str(own),
        "status": status(entry),
        "code": {"coding": [MASSAGE], "text": f"Massage: {entry.title}"},
        **whose,
        "performedPeriod": period,
        "note": [{"text": _worked(entry)}],
    }
    part = {**whose, "partOf": [{"reference": f"urn:uuid:{own}"}]}
    for when, told, at in (("before", entry.before, entry.began), ("after", entry.after, entry.ended)):
        if told is not None:
            yield {
                "resourceType": "Observation",
                "id": str(uuid5(own, f"comfort {when}")),
                "status": "final",
                "category": [_SURVEY],
                "code": {"text": f"Comfort {when} the massage, from 0 (worst) to 10 (best)"},
                **part,
                **({} if at is None else {"effectiveDateTime": utc(at)}),
                "valueInteger": told,
            }
    for number, stop in enumerate(entry.pain):
        yield {
            "resourceType": "Observation",
            "id": str(uuid5(own, f"pain {number}")),
            "status": "final",
            "code": {"text": "Something hurt, and the massage was stopped"},
            **part,
            "effectiveDateTime": utc(stop.at),
            "valueCodeableConcept": {"text": _HURT[stop.kind]},
            **_where(stop),
            "note": [{"text": f"Step: {stop.step}"}],
        }


def status(entry: Entry) -> str:
    """The code of FHIR's EventStatus that a massage has."""
    if entry.finished:
        return "completed"
    if entry.ended is None:  # a power cut, or it is under way on this very moment
        return "unknown"
    return "stopped" if entry.worked > 0 else "not-done"


def _worked(entry: Entry) -> str:
    return f"{round(entry.worked / 60)} of {round(entry.planned / 60)} planned minutes of work"


def _where(stop: PainStop) -> Resource:
    if not stop.regions:
        return {}
    places = ", ".join(region.replace("-", " ") for region in stop.regions)
    return {"bodySite": {"text": places if stop.side is None else f"{places}; {stop.side} side"}}
