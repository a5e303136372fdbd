"""Who pays and who gains: ledgers, returns under their own names, demand avoided."""

from sroi.accounts.ledger import ledger

__all__ = ["ledger"]
