"""Work that may hurt, in processes of its own that are ended from outside: what people write to be run, and nothing of ours.

`workers` hands orders to a few processes, started when they are needed and ended when they rest; `process` is one of them as
the box sees it; `watch` holds it to its time and memory; `inside` is what such a process does with itself before it takes an order.
"""
