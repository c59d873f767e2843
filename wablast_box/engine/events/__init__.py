"""What happened here. Tables: Event, EventDelivery. Verbs: publish, deliver, tell (live news for open windows)."""
