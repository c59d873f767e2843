"""What the outside world tells us. Table: WebhookEvent. Verbs: accept, process, replay."""
