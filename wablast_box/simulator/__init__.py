"""A fake Meta and a pretend phone, so that nobody needs a Meta account to try, test or show the box.

It knows the box by HTTP only: the box calls the fake Graph, the fake Graph posts signed webhooks back.
`graph.py` answers Graph requests as a plain function; `phone.py` is a customer's phone; `delivery.py` turns what
happened into webhooks; `meta.py` ties them together; `app.py` serves it all beside a page with the phone on it.
"""
