"""Checks of the vectors, and the deep ones that prove every stored span and vector."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from briefwell.status.finding import REBUILD, REINDEX, Patient, result, some
from briefwell.storage import inspection
from briefwell.storage.generations import VectorPlace
from briefwell.storage.vectors import VectorsUnavailable, find_stored_ids
from briefwell.types import CheckResult, Severity


def generations(patient: Patient) -> CheckResult:
    """Check which vector generations lie in the index folder."""
    place, live = patient.place(), patient.live
    numbers = [number for number in place.numbers() if number != live.vectors]
    message = f"Vectors: generation {live.vectors} ({live.vectors_kind})"
    if live.vectors_kind == "embedded" and live.vectors:
        message += f", {place.size(live.vectors) / 1e6:,.1f} MB"
    if numbers:
        named = ", ".join(f"g{number}" for number in numbers)
        return result(
            "generations",
            Severity.INFO,
            f"{message}; {named} left over, in use by a reader or by a run that was killed.",
            "The next `briefwell reindex` removes them.",
        )
    if not live.is_swept:
        message += "; deleted text may still stand in the files"
        return result("generations", Severity.WARNING, f"{message}.", REINDEX)
    return result("generations", Severity.OK, f"{message}.")


def chroma(patient: Patient, deep: bool) -> Iterator[CheckResult]:
    """Check that Chroma has exactly the live vectors; `deep` compares their numbers."""
    live = patient.live
    if not inspection.counts(patient.connection).chunks:
        return
    place = patient.place()
    if live.vectors == 0 or live.vectors_kind != place.kind:
        message = "There are no vectors in Chroma; exact search answers, more slowly."
        yield result("vectors", Severity.WARNING, message, REINDEX)
        return
    if not deep and _is_quickly_proven(patient, place):
        yield _orphans(0, 0)
        return
    try:
        with closing(place.open(live.vectors)) as collection:
            yield _orphans(*inspection.vector_orphans(patient.connection, collection.ids()))
            if deep:
                foreign = inspection.foreign_vectors(patient.connection, collection)
                yield _counted("chroma_vectors", foreign, "vectors in Chroma", REBUILD)
    except VectorsUnavailable as error:
        message = f"Chroma cannot be read; exact search answers, more slowly ({error})."
        remedy = "Check the Chroma server." if place.url else REINDEX
        yield result("vectors", Severity.WARNING, message, remedy)


def _is_quickly_proven(patient: Patient, place: VectorPlace) -> bool:
    """Tell whether Chroma's files alone show that it has exactly the live vectors.

    Importing Chroma takes longer than all else that is checked. Where its files are not as
    they were published, or name other ids, Chroma itself is asked.
    """
    live = patient.live
    if place.url is not None or place.is_damaged(live.vectors, live.vector_files):
        return False
    there = find_stored_ids(place.folder(live.vectors))
    if there is None:
        return False
    return not any(inspection.vector_orphans(patient.connection, there))


def _orphans(lacking: int, orphans: int) -> CheckResult:
    if lacking or orphans:
        message = f"Chroma lacks {lacking:,} vectors and has {orphans:,} without a chunk."
        return result("vectors", Severity.ERROR, message, REBUILD)
    return result("vectors", Severity.OK, "Chroma has exactly the live vectors.")


def file(patient: Patient) -> CheckResult:
    """Check SQLite's file."""
    found = inspection.damage(patient.connection)
    if found:
        return result("file", Severity.ERROR, f"The manifest is damaged: {found}.", REBUILD)
    return result("file", Severity.OK, "SQLite finds its file whole.")


def spans(patient: Patient) -> CheckResult:
    """Check that every chunk is the text its span names."""
    wrong = list(inspection.wrong_spans(patient.connection))
    if wrong:
        message = f"Chunks are not what their spans say: {some(wrong)}."
        return result("spans", Severity.ERROR, message, REBUILD)
    return result("spans", Severity.OK, "Every chunk is the text its span names.")


def stored_vectors(patient: Patient) -> CheckResult:
    """Check that every stored vector is one."""
    wrong = inspection.wrong_vectors(patient.connection, dimension=patient.live.dimension)
    return _counted("stored_vectors", wrong, "stored vectors", REBUILD)


def _counted(name: str, wrong: int, what: str, remedy: str) -> CheckResult:
    if wrong:
        return result(name, Severity.ERROR, f"{wrong:,} {what} are not what they were.", remedy)
    return result(name, Severity.OK, f"All {what} are as they were made.")
