"""How the kinds of providers are spoken to: a question becomes a request, what comes back becomes an answer."""
