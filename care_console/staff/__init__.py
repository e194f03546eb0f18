"""Who works at the desks; each of them is an employee with a card."""
