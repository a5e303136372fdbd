"""Words that people read in place of the names that files use."""

from __future__ import annotations

import re

_AS_WRITTEN = """
ASB BAME BCR CAB CAMHS CBT CCG CCGs CIC CIO CO2 COPD CPI CQC DfE DHSC DLA DLUHC DWP EPC ESA ESOL EU FTE FTEs
GCSE GCSEs GDP GLA GMCA GP GPs GVA HACT HMRC HMT HRA IAPT ICB ICBs ICS ICT ID IMD JSA LAC LACs LGA LGBT LHA
LSOA MHCLG MSOA NEET NEETs NHS NPSV NPV NVQ OBR ONS PCN PIP PSSRU PTSD QALY QALYs RCT ROI RPI SME SMEs SROI
SVI SWEMWBS UCLA UK VAT VCSE WEMWBS WELLBY WELLBYs YMCA
"""
_ACRONYMS = {each.casefold(): each for each in _AS_WRITTEN.split()} | {
    "ae": "A&E",
    "covid": "Covid",
    "defra": "Defra",
    "eq5d": "EQ-5D",
    "gad7": "GAD-7",
    "phq9": "PHQ-9",
}
"""Acronyms of the field as they are written; a word that is also an everyday one is none of them."""

_FINANCIAL_YEAR = re.compile(r"\b((?:19|20)\d{2}) (\d{2})\b")


def readable(name: str, *, capital: bool = True) -> str:
    """A name as a person writes it: words apart, acronyms and financial years as usual.

    Parameters
    ----------
    name : str
        An identifier, or words, whose own capitals stay.
    capital : bool
        Whether the first letter is a capital.

    Examples
    --------
    >>> readable("share_less_lonely"), readable("nhs_share"), readable("central government")
    ('Share less lonely', 'NHS share', 'Central government')
    >>> readable("living_wage_2024_25"), readable("gp_visits", capital=False)
    ('Living wage 2024-25', 'GP visits')
    """
    words = " ".join(_ACRONYMS.get(word, word) for word in name.replace("_", " ").split())
    words = _FINANCIAL_YEAR.sub(_financial_year, words)
    return words[:1].upper() + words[1:] if capital else words


def _financial_year(found: re.Match[str]) -> str:
    follows = (int(found[1]) + 1) % 100 == int(found[2])
    return f"{found[1]}-{found[2]}" if follows else found[0]
