"""Message templates: texts that Meta approved beforehand, for writing first and for when the 24 hours are over.

Tables: MessageTemplate, TemplateSync. Verbs: sync, apply_template_news, want_sync. Queries: templates_page, template,
require_sendable, preview. `shape` reads Meta's components, `fill` puts values into them.
"""
