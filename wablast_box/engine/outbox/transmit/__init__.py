"""Hand queued messages to Meta: claim, call at speed, settle by Meta's code. What may have arrived is never sent again by itself."""
