"""Service levels: how soon a customer is answered, how soon a matter is done, and who hears when it is late."""
