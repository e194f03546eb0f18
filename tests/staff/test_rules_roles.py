"""One table says who may do what, and everything else is made from it."""

import pytest

from care_console.staff.rules import (
    MAY,
    NotAllowed,
    Permission,
    Role,
    known_role,
    may,
    permission_words,
    role_words,
    who_may_words,
)

TOLD = {  # the table once more, as the house was told it: a change is made in both places
    Role.RECEPTIONIST: "edit_card give",
    Role.CSR: "edit_card give close_recovery deliver",
    Role.SENIOR: "edit_card give close_recovery deliver approve see_accounts ignore_numbers",
    Role.SUPERVISOR: "edit_card give close_recovery deliver approve see_accounts reverse_later "
    "stop_remedies set_limits sign_limits see_digest edit_playbooks see_audit unblock import "
    "export merge_cards take_out_person ignore_numbers",
    Role.ADMINISTRATOR: " ".join(Permission),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_what_the_house_was_told(role, permission):
    assert may(role, permission) is (permission in TOLD[role].split())


def test_the_table_names_each_permission_and_each_has_its_sentence():
    assert set(MAY) == set(Permission)
    sentences = [permission_words(each) for each in Permission]
    assert all(sentences)
    assert len(set(sentences)) == len(sentences)


def test_somebody_may_do_each_thing_and_no_higher_role_may_less():
    for allowed in MAY.values():
        ranks = [role in allowed for role in Role]
        assert ranks[-1]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("role", [None, "", "CSR", "root", "Administrator"])
def test_a_role_that_is_not_known_may_nothing(role):
    assert not any(may(role, each) for each in Permission)
    assert known_role(role or "") is None


def test_a_denial_says_what_it_was_and_whom_to_ask():
    assert str(NotAllowed(Permission.APPROVE)) == (
        "“Approve what a colleague may not give alone, within the own limits” is not for your "
        "role. Ask one of these: Senior CSR, Supervisor, Administrator."
    )
    assert who_may_words(Permission.MANAGE_STAFF) == "Administrator"
    assert role_words("senior") == "Senior CSR"
