"""What a customer is told in writing of a remedy."""

from care_console.base.words import _


def confirmation(
    *, name: str, remedy: str, amount: str, by: str, done: bool, clerk: str, company: str
) -> str:
    """Return a short letter. ``amount`` and ``by`` may be empty; it never says *done* too early."""
    what = _("{remedy}, {amount}").format(remedy=remedy, amount=amount) if amount else remedy
    if done:
        when = _("It is done.")
    elif by:
        when = _("It will be done by {when}.").format(when=by)
    else:
        when = _("We are seeing to it.")
    return "\n\n".join(
        (
            _("Dear {name},").format(name=name),
            _("we are sorry for what happened, and this is to put it right: {what}. {when}").format(
                what=what, when=when
            ),
            _("If anything is not as it should be, please ask for me by name."),
            "\n".join(part for part in (clerk, company) if part),
        )
    )
