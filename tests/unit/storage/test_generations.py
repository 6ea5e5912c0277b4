from __future__ import annotations

import pytest

from briefwell.errors import IndexNotWritable
from briefwell.storage.generations import VectorPlace, copy_generation, require_room
from briefwell.storage.vectors import VectorsUnavailable

VECTORS = {"a": [1.0, 0.0], "b": [0.0, 1.0], "c": [0.6, 0.8]}


@pytest.fixture
def place(tmp_path):
    return VectorPlace(index=tmp_path / "an index, né 1912")


def _write(place, number, vectors):
    place.prepare(number)
    collection = place.open(number, create=True)
    collection.add(list(vectors), list(vectors.values()))
    collection.close()


def test_a_copy_holds_the_same_and_shares_nothing(place):
    _write(place, 1, VECTORS)
    before = place.files(1)
    reading = place.open(1)
    copy_generation(place.folder(1), place.folder(2))
    collection = place.open(2)
    assert collection.ids() == {"a", "b", "c"}
    collection.delete(["a"])
    collection.add(["d"], [[0.8, 0.6]])
    collection.close()
    assert reading.ids() == {"a", "b", "c"}
    assert reading.query([1.0, 0.0], k=1)[0] == ("a", pytest.approx(1.0))
    reading.close()
    assert place.files(1) == before
    inodes = {path.stat().st_ino for path in place.folder(1).rglob("*")}
    assert inodes.isdisjoint(path.stat().st_ino for path in place.folder(2).rglob("*"))


def test_reading_a_generation_changes_none_of_the_files_that_are_watched(place):
    _write(place, 1, VECTORS)
    before = place.files(1)
    collection = place.open(1)
    collection.query([1.0, 0.0], k=2)
    collection.close()
    assert place.files(1) == before
    assert not place.is_damaged(1, before)


def test_a_file_of_another_size_is_damage_and_so_is_a_readers_word(place):
    _write(place, 1, VECTORS)
    before = place.files(1)
    assert place.is_damaged(1, {**before, "another": 3})
    place.mark_damaged(1)
    assert place.is_damaged(1, before)


def test_sweeping_keeps_what_is_live_and_what_is_held(place):
    for number in (1, 2, 3):
        _write(place, number, VECTORS)
    held = place.hold(2)
    assert place.sweep(keep=3) == [2]
    assert place.numbers() == [2, 3]
    held.release()
    assert place.sweep(keep=3) == []
    assert place.numbers() == [3]
    assert place.hold(2) is None


def test_a_half_written_generation_is_swept(place):
    place.prepare(7)
    place.folder(7).mkdir()
    (place.folder(7) / "chroma.sqlite3").write_bytes(b"half")
    place.mark_damaged(7)
    assert place.numbers() == [7]
    place.sweep(keep=0)
    assert place.numbers() == []


def test_a_generation_that_is_not_there_cannot_be_opened(place):
    with pytest.raises(VectorsUnavailable, match="g9"):
        place.open(9)


def test_too_little_room_is_said_with_figures_before_anything_is_written(tmp_path):
    with pytest.raises(IndexNotWritable, match=r"has 50 MB free; the new vectors need 102 MB"):
        require_room(
            tmp_path, copied=30_720_000, vectors=12_800, dimension=384, free=lambda _: 50_000_000
        )
    require_room(tmp_path, copied=0, vectors=1, dimension=384, free=lambda _: 33_000_000)
