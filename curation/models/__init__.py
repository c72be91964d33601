"""What editors' work on the entries leaves behind beside the entries themselves."""

from curation.models.links import Link, LinkCheck
from curation.models.suspicions import Examined, Suspicion, Unlike

__all__ = ["Examined", "Link", "LinkCheck", "Suspicion", "Unlike"]
