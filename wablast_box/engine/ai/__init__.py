"""Language models of the owner's choice, asked through one door, and what they cost.

Tables: AiProvider, AiUsage (the ledger). Verbs: `ask.complete`, `providers.add_provider` and its like, `ledger.settle_lost`.
"""
