"""Any graph played without the world: the editor's simulator and the tests of nodes use the same executor with rehearsed effects."""
