"""How far the box itself may reach: into the owner's own network only where an owner said so."""
