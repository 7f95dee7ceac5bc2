"""Who has signed in since an event file was opened, and who typed wrong PINs. Nothing of it is stored."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class SignIns:
    """`names`: those at the desk now. `wrong`: for each name, when wrong PINs were typed since the last right one."""

    names: set[str] = field(default_factory=set)
    wrong: dict[str, list[datetime]] = field(default_factory=dict)
