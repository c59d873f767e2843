"""Our automation graph: drawn on a canvas, published as versions, run for customers.

Tables: Flow, FlowVersion, FlowTrigger, FlowSession, FlowStep, FlowTurn.
`node` is all that a node's author needs, `nodes` are those that come with the box, `design` draws, checks and publishes,
`running` plays a published version with a customer, `rehearsal` plays any graph without the world.
Verbs: create_flow, save_draft, publish, take_turn, simulate, hand_off, resume_bot. Events: FlowPublished, FlowFailed.
"""
