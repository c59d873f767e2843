"""The people of the business and the machines that act for them: who they are, and what they may do.

Tables: User, CustomRole, LoginSession, ApiKey, OneTimeLink, SocketTicket, Throttle, Team, TeamMember; in `mfa` Totp, Passkey,
RecoveryCode; in `entry` EntryStep, ExternalIdentity; in `invites` Invitation.
Verbs: sign_in, sign_out, confirm, create_owner, add_user, change_user, transfer_ownership, make_password_link, use_password_link,
make_setup_token, use_setup_token, create_api_key, revoke_api_key, make_ticket, use_ticket, create_role, change_role, delete_role,
invite, resend, revoke, accept, authorize.
Events: user.signed_in, user.signed_out, user.refused, user.added, user.changed, user.password_changed,
api_key.created, api_key.revoked, role.created, role.changed, role.deleted, invitation.made, invitation.revoked, invitation.accepted.
"""
