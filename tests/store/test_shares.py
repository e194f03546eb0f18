"""Records in a file are on this computer, never on another one's folder."""

import pytest

from care_console.store import CannotOpen, Store, shares

MOUNTS = """\
/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/export /mnt/house nfs4 rw,vers=4.2 0 0
//server/share /mnt/the\\040share cifs rw 0 0
/dev/sdb1 /mnt/house/local ext4 rw 0 0
ada@server: /home/ada/remote fuse.sshfs rw 0 0
/dev/sdc1 /mnt/over nfs rw 0 0
/dev/sdc1 /mnt/over xfs rw 0 0
half a line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", ""),
        ("/home/ada/.local/share/care-console", ""),
        ("/mnt/house", "nfs4"),
        ("/mnt/house/care", "nfs4"),
        ("/mnt/household", ""),
        ("/mnt/house/local/care", ""),
        ("/mnt/the share/care", "cifs"),
        ("/home/ada/remote", "fuse.sshfs"),
        ("/mnt/over", ""),
    ],
)
def test_the_mount_that_lies_uppermost_tells(folder, kind):
    assert shares.share_at(MOUNTS, folder) == kind


def test_a_file_there_is_refused_with_the_reason_and_nothing_is_made(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/export {tmp_path.resolve()} nfs4 rw 0 0\n")
    monkeypatch.setattr(shares, "MOUNTS", mounts)

    for act in (Store.lay_out, Store.open):
        with pytest.raises(CannotOpen, match=r"another computer \(nfs4\).*PostgreSQL"):
            act(tmp_path / "care.sqlite")
    assert not (tmp_path / "care.sqlite").exists()


def test_where_linux_tells_nothing_nothing_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(shares, "MOUNTS", tmp_path / "missing")

    shares.refuse_share(tmp_path / "care.sqlite")
