"""Our automation graph: drawn on a canvas, published as versions, played with customers.

Tables: Flow, FlowVersion, FlowTrigger, FlowSession, FlowStep, FlowTurn, FlowHold, FlowCall, FlowSecret, FlowAddress. Lowest first:
`node` is all that a node's author needs, `nodes` are those that come with the box, `play` is the step loop and its guards,
`keeping` holds what a played flow is kept in, `acting` what it does to the world, `design` draws, checks and publishes,
`moving` takes flows out as files and in again, `code` runs what owners write in processes of its own,
`running` plays a published version with a customer, `rehearsal` plays any graph without the world, `starters` are to begin with.
Verbs: create_flow, save_draft, publish, take_turn, wake_due, hold_bot, resume_bot, simulate. Events: FlowChanged, FlowFailed.
"""
