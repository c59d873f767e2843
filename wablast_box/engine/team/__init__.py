"""The people of the business and the machines that act for them: who they are, and what they may do.

Tables: User, LoginSession, ApiKey, OneTimeLink, SocketTicket, Throttle.
Verbs: sign_in, sign_out, confirm, create_owner, add_user, change_user, make_password_link, use_password_link,
make_setup_token, use_setup_token, create_api_key, revoke_api_key, make_ticket, use_ticket, authorize.
Events: user.signed_in, user.signed_out, user.refused, user.added, user.changed, user.password_changed,
api_key.created, api_key.revoked.
"""
