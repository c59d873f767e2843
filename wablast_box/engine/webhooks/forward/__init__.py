"""Meta's webhooks for another system of the business, byte for byte. Tables: WebhookForward, WebhookDelivery.

The log of raw webhooks is the queue: each target has a cursor in it, so taking webhooks in costs nothing more. Only what a
target refused has a row of its own.
"""
