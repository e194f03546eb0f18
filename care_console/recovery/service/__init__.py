"""What the desk does to put things right."""

from care_console.recovery.service.abuse import Abuse
from care_console.recovery.service.playbooks import Playbooks
from care_console.recovery.service.reading import House
from care_console.recovery.service.recoveries import Recoveries

__all__ = ["Abuse", "House", "Playbooks", "Recoveries"]
