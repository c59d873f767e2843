"""How staff share the work: states, snooze, teams, routing, service levels, satisfaction, macros, saved views."""
