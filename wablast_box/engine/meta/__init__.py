"""The Cloud API: typed payloads in, typed calls out. Table: Number. Nothing else in the box speaks to Graph."""
