"""Who hears about what. Table: Alarm. Verbs: raise_alarm, clear_alarm."""
