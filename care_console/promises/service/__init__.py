"""Making duties, doing them, and telling each clerk's day."""

from care_console.promises.service.duties import Duties
from care_console.promises.service.moments import Moments

__all__ = ["Duties", "Moments"]
