"""What a played flow does to the world: messages, acts within the box, webhooks, and telling people when it fails."""
