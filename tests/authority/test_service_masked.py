"""Card numbers are not kept, whoever types them into a request or an answer."""

from care_console.authority.service import Plea
from care_console.staff.rules.roles import Role


async def test_no_card_number_is_kept_of_what_was_asked_or_answered(
    services, requests, by, hire, customer, remedy, limits
):
    await limits(Role.CSR)
    await limits(Role.SUPERVISOR, remedy=25_000, recovery=25_000, day=90_000, customer=25_000)
    rosa, dana = await hire(), await hire("Dana Whitfield", Role.SUPERVISOR)
    maria, cover = await customer(), await remedy("Three months' cover")
    typed, kept = "Paid with 4111 1111 1111 1111", "Paid with •••• 1111"
    waits = await requests.ask(by(rosa), cover, maria, story=typed, minor=5_550)
    [seen] = await requests.waiting(dana)
    assert seen.story == kept
    await requests.decide(by(dana), waits, yes=False, words=typed)
    await requests.refuse_at_desk(
        by(rosa), dana.card_id, Plea(cover, maria, typed, minor=5_550), words=typed
    )

    told = [e for e in await services.cards.history(maria) if e.kind == "request_refused"]
    assert [each.personal["words"] for each in told] == [kept, kept]
    assert "1111 1111" not in repr([each.personal for each in told])
