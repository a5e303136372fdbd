"""Who pays and who gains: ledgers, returns under their own names, demand avoided."""

from sroi.accounts.ledger import ledger
from sroi.results.ledger import Ledger
from sroi.results.ledger_parts import FunderShare

__all__ = ["FunderShare", "Ledger", "ledger"]
