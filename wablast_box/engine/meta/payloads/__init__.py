"""What Meta posts to us, made typed: `envelope.parse_body(raw)` turns one webhook body into a flat list of items.

`items` and `account_events` say what an item can be, `json_in` reads strict JSON, `values` reads one key without trusting it.
One bad item never sinks its neighbours: it becomes `Unreadable` and keeps its place, its reason and its JSON.
"""
