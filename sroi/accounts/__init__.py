"""Who pays and who gains: ledgers, returns under their own names, demand avoided."""

from sroi.accounts.funders import FunderShare
from sroi.accounts.ledger import Ledger, ledger

__all__ = ["FunderShare", "Ledger", "ledger"]
