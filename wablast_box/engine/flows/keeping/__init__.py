"""What a played flow is kept in: turns, sessions, holds, triggers, and what texts see around them."""
