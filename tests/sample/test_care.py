"""What the sample promises of those who work there, and of what they did for customers."""

from care_console.cards.rules import RelationKind
from care_console.recovery.rules import Step
from care_console.staff.rules import Role
from care_console.staff.rules.secrets import check_pin


def test_seven_employees_are_clerks_of_every_role_and_one_has_a_pin(sample):
    staff = sample.company["staff"]

    assert len(staff) == len({each["card"] for each in staff}) == 7
    assert all("employee" in sample.groups(each["card"]) for each in staff)
    assert {each["role"] for each in staff} == set(Role)
    assert {"Front desk", "Service", "Accounts", "Workshop"} <= {
        each["department"] for each in staff
    }
    (one,) = (each for each in staff if "pin" in each)
    assert (one["card"], one["role"]) == ("dana-whitfield", "supervisor")
    check_pin(one["pin"])


def test_whoever_sits_at_the_desk_is_a_clerk_with_the_same_role(sample):
    clerk = sample.company["clerk"]

    (there,) = (each for each in sample.company["staff"] if each["card"] == clerk["card"])
    assert there["role"] == clerk["role"]


def test_whoever_sits_at_the_desk_has_a_cousin_among_the_customers(sample):
    rosa = sample.company["clerk"]["card"]

    near = {
        each["from"]
        for each in sample.relations
        if each["kind"] == RelationKind.HOUSEHOLD_OF and each["to"] == rosa
    }
    assert near
    assert all("end-user" in sample.groups(key) for key in near)


def test_each_act_names_clerks_cards_matters_and_recoveries_that_are_there(sample):
    staff = {each["card"] for each in sample.company["staff"]}
    begun = set()
    for act in sample.care:
        assert act["by"] in staff, act
        assert act.get("delivered_by", act["by"]) in staff, act
        assert act.get("card", act["by"]) in sample.cards, act
        assert act.get("matter") is None or sample.matters[act["matter"]]["card"] == act["card"]
        assert act.get("step", Step.APOLOGY) in set(Step), act
        if act["do"] == "open":
            begun.add(act["about"])
        assert act.get("about") is None or act["about"] in begun, act


def test_nobody_acts_before_the_matter_that_it_is_about_was_opened(sample):
    for act in sample.care:
        if "matter" in act:
            matter = sample.matters[act["matter"]]
            assert (-act["days_ago"], act["at"]) >= (
                -matter["opened_days_ago"],
                matter["opened_at"],
            )
