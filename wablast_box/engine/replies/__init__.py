"""What staff have ready to say: canned replies, drafts, messages for later."""
