"""What is held on a person: gathered, handed out, erased, and thinned out in time."""

from care_console.privacy.service.erasing import Erasure
from care_console.privacy.service.holding import Holding
from care_console.privacy.service.openings import Openings
from care_console.privacy.service.privacy import Privacy
from care_console.privacy.service.thinning import Thinning

__all__ = ["Erasure", "Holding", "Openings", "Privacy", "Thinning"]
