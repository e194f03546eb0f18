"""A field that two people edit at once: nothing that was typed is lost."""

from hypothesis import given
from hypothesis import strategies as st

from care_console.cards.rules.draft import Draft

values = st.sampled_from(["", "Mia", "Mimi", "Ria"])
steps = st.lists(
    st.tuples(st.sampled_from(["type", "meet", "kept", "keep_mine"]), values), max_size=12
)


@given(values, steps)
def test_what_is_typed_stays_until_it_is_kept(first, history):
    draft, typed = Draft.of(first), None

    for step, value in history:
        if step == "type":
            draft.type(value)
            typed = value if draft.dirty else None
        elif step == "meet":
            draft.meet(value)
            typed = typed if draft.dirty else None
        elif step == "kept":
            draft.kept(draft.typed, value)
            typed = None
        else:
            draft.keep_mine()
            typed = typed if draft.dirty else None
        if typed is not None:
            assert draft.typed == typed
        assert not draft.clash or draft.theirs not in (draft.typed, draft.seen)


@given(values, values)
def test_a_field_in_which_nothing_was_typed_follows(first, now):
    draft = Draft.of(first)

    draft.meet(now)

    assert (draft.typed, draft.seen, draft.clash) == (now, now, False)


def test_both_values_are_there_and_either_can_be_taken():
    for choice, kept in (("keep_mine", ("Mimi", "Ria")), ("take_theirs", ("Mimi", "Mimi"))):
        draft = Draft.of("Mia")
        draft.type("Ria")
        draft.meet("Mimi")
        assert (draft.clash, draft.theirs, draft.typed) == (True, "Mimi", "Ria")

        getattr(draft, choice)()

        assert (draft.seen, draft.typed) == kept
        assert not draft.clash


def test_typing_what_the_other_typed_is_no_clash():
    draft = Draft.of("Mia")
    draft.type("Ria")
    draft.meet("Mimi")

    draft.type("Mimi")

    assert not draft.clash
    assert not draft.dirty


def test_more_that_was_typed_while_it_was_kept_stays():
    draft = Draft.of("Mia")
    draft.type("Mi ")
    draft.type("Mi Ri")

    draft.kept("Mi ", "Mi")

    assert (draft.seen, draft.typed, draft.dirty) == ("Mi", "Mi Ri", True)
