"""What editors' work on the entries leaves behind beside the entries themselves."""

from curation.models.suspicions import Examined, Suspicion, Unlike

__all__ = ["Examined", "Suspicion", "Unlike"]
