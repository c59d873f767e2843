"""What staff have ready to say: canned replies, drafts, messages for later.

Tables: CannedReply, Draft, ScheduledMessage. Verbs: add_reply, change_reply, delete_reply, fill_reply, keep_draft,
schedule_message, change_scheduled, cancel_scheduled, send_due. Events: none of its own; what was scheduled is an activity.
"""
