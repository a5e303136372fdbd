"""Names of places and interventions as identifiers."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """A name as an identifier: small letters, digits and hyphens.

    Examples
    --------
    >>> slug("Barking and Dagenham"), slug("St. Helens"), slug("King's Lynn")
    ('barking-and-dagenham', 'st-helens', 'kings-lynn')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
