"""Files are written whole or not at all, and one error says what the system refused."""

import io
import os
import stat
import zipfile

import pytest
from helpers import small

import sroi
from sroi import extras, temporary
from sroi.files import new_file, without_times, write_files

resource = pytest.importorskip("resource", reason="the limits of files that Unix knows")

STUDY = sroi.Study.model_validate(small(limitations="It is small. " * 100))


def refusal(work):
    """The one problem that a work is refused for."""
    with pytest.raises(sroi.DocumentError) as refused:
        work()
    (problem,) = refused.value.problems
    return problem


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("old", encoding="utf-8")
    return path


@pytest.fixture
def full():
    """A disk that takes a thousand bytes of each file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_an_interruption_leaves_the_old_file_and_nothing_else(old, monkeypatch, moment):
    calls = []

    def interrupted(*given, **_):
        calls.append(given)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, moment, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_files({old: b"new", old.with_name("b.md"): b"new"}, force=True)
    monkeypatch.undo()
    assert calls
    assert [each.name for each in old.parent.iterdir()] == ["a.md"]
    assert old.read_text(encoding="utf-8") == "old"


@pytest.mark.usefixtures("full")
def test_no_file_is_moved_before_all_are_written(old):
    problem = refusal(lambda: write_files({old: b"new", old.with_name("b.md"): bytes(5_000)}, force=True))
    assert (problem.file, problem.message) == (
        str(old.with_name("b.md")),
        "it cannot be written: File too large",
    )
    assert [each.name for each in old.parent.iterdir()] == ["a.md"]
    assert old.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    "write",
    [
        lambda path: sroi.dump(STUDY, path),
        lambda path: sroi.report(STUDY, path, force=True),
    ],
    ids=["dump", "report"],
)
@pytest.mark.usefixtures("full")
def test_every_writer_keeps_the_old_file_where_the_disk_is_full(old, write):
    problem = refusal(lambda: write(old))
    assert problem.message.startswith("it cannot be written: ")
    assert [each.name for each in old.parent.iterdir()] == ["a.md"]
    assert old.read_text(encoding="utf-8") == "old"


def test_a_file_that_is_not_asked_to_be_replaced_stays(old):
    assert refusal(lambda: write_files({old: b"new"}, force=False)).message == "the file is there already"
    assert old.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("through_a_link", [False, True])
def test_what_is_no_file_is_never_replaced(tmp_path, through_a_link):
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    for target, said in ((pipe, "a pipe"), (folder, "a folder"), ("/dev/null", "a device")):
        path = target
        if through_a_link:
            path = tmp_path / f"to {said}"
            path.symlink_to(target)
        problem = refusal(lambda path=path: sroi.dump(STUDY, path))
        assert said in problem.message
        assert (problem.file, bool(problem.hint)) == (str(path), True)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert not list(folder.iterdir())


def test_a_link_is_replaced_and_what_it_points_to_stays(old):
    link = old.with_name("link.md")
    link.symlink_to(old)
    write_files({link: b"new"}, force=True)
    assert (link.read_bytes(), link.is_symlink(), old.read_bytes()) == (b"new", False, b"old")


def test_a_link_to_nothing_makes_nothing_elsewhere(tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "elsewhere.md")
    write_files({link: b"new"}, force=False)
    assert [each.name for each in tmp_path.iterdir()] == ["link.md"]


def test_permissions_are_those_of_any_new_file_or_of_the_file_before(old, tmp_path):
    (tmp_path / "plain").touch()
    write_files({tmp_path / "new": b""}, force=False)
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode
    old.chmod(0o640)
    write_files({old: b"new"}, force=True)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("name", "said"),
    [("x" * 300, "File name too long"), ("nowhere/a.md", "no such folder"), ("a\0b", "null")],
)
def test_a_name_that_cannot_be_is_refused_as_it_was_given(tmp_path, name, said):
    problem = refusal(lambda: sroi.dump(STUDY, tmp_path / name))
    assert said in problem.message
    assert problem.file.startswith(str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_takes_no_files_is_named(tmp_path, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied", "of another name")

    monkeypatch.setattr(os, "open", denied)
    problem = refusal(lambda: sroi.dump(STUDY, tmp_path / "a.yaml"))
    assert str(problem) == (
        f"{tmp_path / 'a.yaml'}: it cannot be written: Permission denied; name another place"
    )


def test_a_file_in_the_way_is_not_followed(tmp_path, monkeypatch):
    """Whoever guesses the name of the file that is written first can lead it nowhere."""
    monkeypatch.setattr(temporary.secrets, "token_hex", lambda _: "guessed")
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / ".sroi-guessed.part").symlink_to(tmp_path / "mine")
    assert "File exists" in refusal(lambda: sroi.dump(STUDY, tmp_path / "a.yaml")).message
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


def test_a_name_as_long_as_the_system_takes_can_be_written(tmp_path):
    path = tmp_path / ("x" * 255)
    write_files({path: b"new"}, force=False)
    assert path.read_bytes() == b"new"


def test_a_block_that_fails_leaves_no_file(tmp_path):
    def fail():
        with new_file(tmp_path / "a", force=False) as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not list(tmp_path.iterdir())


def test_an_archive_has_no_time_in_it():
    def archive(day):
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as made:
            made.writestr(zipfile.ZipInfo("a.xml", (2026, 11, day, 1, 2, 4)), b"<a/>")
            core = f'<x><dcterms:modified xsi:type="dcterms:W3CDTF">2026-11-{day}</dcterms:modified></x>'
            made.writestr(zipfile.ZipInfo("docProps/core.xml", (2026, 11, day, 1, 2, 4)), core)
        return written.getvalue()

    assert archive(20) != archive(21)
    assert without_times(archive(20)) == without_times(archive(21))
    with zipfile.ZipFile(io.BytesIO(without_times(archive(20)))) as found:
        assert found.read("a.xml") == b"<a/>"


def test_a_library_that_is_missing_is_named_with_the_extra_that_installs_it():
    problem = refusal(lambda: extras.needed("no_such_library.part", "a page", extra="scale", file="a.html"))
    assert str(problem) == (
        "a.html: a page needs no_such_library, which is not installed; pip install 'sroi[scale]'"
    )


def test_a_module_of_our_own_that_is_missing_is_a_mistake_of_ours():
    with pytest.raises(ModuleNotFoundError):
        extras.needed("sroi.no_such_module", "a page")
