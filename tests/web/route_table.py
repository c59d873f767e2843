"""Who gets in where, written by hand: every route of the edge × everybody."""

from __future__ import annotations

# O Asha the owner · A Bela the admin · G Ravi the agent · N Meera the analyst · K a program with an owner's key · * everybody
TABLE = """
GET     /                                            *
GET     /<path:path>                                 *
GET     /media/<link>                                *
POST    /hooks/flows/<token>                         *
GET     /healthz                                     *
GET     /readyz                                      *
GET     /api/v1/session                              *
POST    /api/v1/session                              *
POST    /api/v1/password                             *
POST    /api/v1/setup/owner                          *
POST    /api/v1/session/second-factor                *
POST    /api/v1/session/second-factor/passkey-options *
POST    /api/v1/session/passkey-options              *
POST    /api/v1/session/passkey                      *
POST    /api/v1/session/google                       *
GET     /api/v1/session/google/callback              *
POST    /api/v1/invitation/look                      *
POST    /api/v1/invitation/accept                    *
DELETE  /api/v1/session                              O A G N
POST    /api/v1/socket-ticket                        O A G N
POST    /api/v1/me/confirm                           O A G N
PATCH   /api/v1/me                                   O A G N
GET     /api/v1/me/security                          O A G N
POST    /api/v1/me/totp                              O A G N
POST    /api/v1/me/totp/confirm                      O A G N
DELETE  /api/v1/me/totp                              O A G N
POST    /api/v1/me/passkeys/options                  O A G N
POST    /api/v1/me/passkeys                          O A G N
PATCH   /api/v1/me/passkeys/<id>                 O A G N
DELETE  /api/v1/me/passkeys/<id>                 O A G N
POST    /api/v1/me/recovery-codes                    O A G N
POST    /api/v1/me/confirm/passkey-options           O A G N
POST    /api/v1/me/confirm/passkey                   O A G N
POST    /api/v1/me/google                            O A G N
DELETE  /api/v1/me/google                            O A G N
PUT     /api/v1/me/password                          O A G N
GET     /api/v1/me/sessions                          O A G N
DELETE  /api/v1/me/sessions/<id>                 O A G N
GET     /api/v1/team                                 O A G K
GET     /api/v1/users                                O A K
POST    /api/v1/users                                O A
PATCH   /api/v1/users/<id>                       O A
POST    /api/v1/users/<id>/password-link         O A
GET     /api/v1/users/<id>/sessions              O A
DELETE  /api/v1/users/<id>/sessions              O A
DELETE  /api/v1/users/<id>/sessions/<session_id> O A
POST    /api/v1/users/<id>/reset-second-factor   O
POST    /api/v1/users/<id>/make-owner            O
GET     /api/v1/roles                                O A K
POST    /api/v1/roles                                O
PUT     /api/v1/roles/<id>                       O
DELETE  /api/v1/roles/<id>                       O
GET     /api/v1/invitations                          O A
POST    /api/v1/invitations                          O A
POST    /api/v1/invitations/<id>/resend          O A
DELETE  /api/v1/invitations/<id>                 O A
GET     /api/v1/security/google                      O A K
PUT     /api/v1/security/google                      O
DELETE  /api/v1/security/google                      O
GET     /api/v1/audit                                O A K
GET     /api/v1/audit/facets                         O A K
GET     /api/v1/audit/check                          O A K
GET     /api/v1/api-keys                             O A
POST    /api/v1/api-keys                             O A
DELETE  /api/v1/api-keys/<id>                    O A
GET     /api/v1/teams                                O A G K
POST    /api/v1/teams                                O A K
PATCH   /api/v1/teams/<id>                       O A K
DELETE  /api/v1/teams/<id>                       O A K
GET     /api/v1/attendance                           O A G K
PUT     /api/v1/me/attendance                        O A G K
PATCH   /api/v1/users/<id>/attendance            O A K
GET     /api/v1/service-targets                      O A G K
PUT     /api/v1/service-targets                      O A K
GET     /api/v1/surveys                              O A K
GET     /api/v1/surveys/summary                      O A K
GET     /api/v1/macros                               O A G K
POST    /api/v1/macros                               O A G K
PATCH   /api/v1/macros/<id>                      O A G K
DELETE  /api/v1/macros/<id>                      O A G K
POST    /api/v1/conversations/<id>/macros/<macro_id>/run  O A G K
GET     /api/v1/flow-nodes                           O A G K
GET     /api/v1/flow-starters                        O A G K
GET     /api/v1/flows                                O A G K
POST    /api/v1/flows                                O A K
GET     /api/v1/flows/<id>                       O A G K
PATCH   /api/v1/flows/<id>                       O A K
DELETE  /api/v1/flows/<id>                       O A K
PUT     /api/v1/flows/<id>/draft                 O A K
POST    /api/v1/flows/<id>/validate              O A G K
POST    /api/v1/flows/<id>/publish               O A K
GET     /api/v1/flows/<id>/versions              O A G K
GET     /api/v1/flows/<id>/versions/<int:number> O A G K
POST    /api/v1/flows/<id>/versions/<int:number>/restore O A K
POST    /api/v1/flows/<id>/simulate              O A G K
POST    /api/v1/flows/<id>/translate             O A K
GET     /api/v1/flows/<id>/translations          O A G K
GET     /api/v1/flows/<id>/translations.csv      O A G K
GET     /api/v1/flows/<id>/stats                 O A G K
GET     /api/v1/flows/<id>/rounds                O A G K
POST    /api/v1/flows/<id>/start                 O A K
GET     /api/v1/flows/<id>/figures               O A G K
POST    /api/v1/flows/<id>/trial                 O A K
GET     /api/v1/flows/<id>/trial                 O A K
POST    /api/v1/flows/<id>/trial/again           O A K
DELETE  /api/v1/flows/<id>/trial                 O A K
GET     /api/v1/security/inside-addresses            O A K
PUT     /api/v1/security/inside-addresses            O
GET     /api/v1/flows/<id>/export                O A G K
POST    /api/v1/flows/import                         O A K
GET     /api/v1/flow-secrets                         O A K
PUT     /api/v1/flow-secrets/<name>                  O
DELETE  /api/v1/flow-secrets/<name>                  O
GET     /api/v1/flow-sessions                        O A G K
GET     /api/v1/flow-sessions/<id>               O A G K
GET     /api/v1/flow-sessions/<id>/steps         O A G K
POST    /api/v1/flow-sessions/<id>/resume        O A K
POST    /api/v1/flow-sessions/<id>/stop          O A G K
GET     /api/v1/conversations/<id>/bot           O A G K
POST    /api/v1/conversations/<id>/hold-bot      O A G K
POST    /api/v1/conversations/<id>/resume-bot    O A G K
GET     /api/v1/queue                                O A G K
POST    /api/v1/queue/next                           O A G
POST    /api/v1/conversations/<id>/hand-off      O A G K
GET     /api/v1/conversations                        O A G K
GET     /api/v1/conversations/<id>               O A G K
GET     /api/v1/conversations/<id>/messages      O A G K
POST    /api/v1/conversations/<id>/messages      O A G K
GET     /api/v1/conversations/<id>/timeline      O A G K
POST    /api/v1/conversations/<id>/notes         O A G K
GET     /api/v1/conversations/<id>/mentionable   O A G K
PATCH   /api/v1/notes/<id>                       O A G K
DELETE  /api/v1/notes/<id>                       O A G K
GET     /api/v1/notes/<id>/versions              O A G K
GET     /api/v1/ad-referrals                         O A G K
GET     /api/v1/media/<id>/pages                 O A G K
POST    /api/v1/conversations/<id>/read          O A G K
POST    /api/v1/conversations/<id>/typing        O A G K
POST    /api/v1/conversations/<id>/assign        O A G K
GET     /api/v1/conversations/counts                 O A G K
POST    /api/v1/conversations/bulk                   O A G K
POST    /api/v1/conversations/bulk/undo              O A G K
POST    /api/v1/conversations/<id>/resolve       O A G K
POST    /api/v1/conversations/<id>/reopen        O A G K
POST    /api/v1/conversations/<id>/pending       O A G K
POST    /api/v1/conversations/<id>/snooze        O A G K
POST    /api/v1/conversations/<id>/unsnooze      O A G K
POST    /api/v1/conversations/<id>/unread        O A G K
POST    /api/v1/conversations/<id>/tags          O A G K
GET     /api/v1/templates                            O A G N K
GET     /api/v1/templates/<id>                   O A G N K
POST    /api/v1/templates/<id>/preview           O A G N K
POST    /api/v1/templates/sync                       O A K
GET     /api/v1/tags                                 O A G K
POST    /api/v1/tags                                 O A K
GET     /api/v1/tags/usage                           O A K
POST    /api/v1/tags/<id>/merge                  O A K
PATCH   /api/v1/tags/<id>                        O A K
DELETE  /api/v1/tags/<id>                        O A K
GET     /api/v1/views                                O A G K
POST    /api/v1/views                                O A G K
PATCH   /api/v1/views/<id>                       O A G K
DELETE  /api/v1/views/<id>                       O A G K
GET     /api/v1/canned-replies                       O A G K
POST    /api/v1/canned-replies                       O A G K
PATCH   /api/v1/canned-replies/<id>              O A G K
DELETE  /api/v1/canned-replies/<id>              O A G K
POST    /api/v1/conversations/<id>/fill          O A G K
GET     /api/v1/drafts                               O A G K
PUT     /api/v1/conversations/<id>/draft         O A G K
GET     /api/v1/conversations/<id>/scheduled     O A G K
POST    /api/v1/conversations/<id>/scheduled     O A G K
PATCH   /api/v1/scheduled/<id>                   O A G K
DELETE  /api/v1/scheduled/<id>                   O A G K
GET     /api/v1/search                               O A G K
GET     /api/v1/messages                             O A G K
POST    /api/v1/messages                             O A G K
GET     /api/v1/messages/<id>                    O A G K
POST    /api/v1/messages/<id>/retry              O A G K
POST    /api/v1/messages/<id>/attachment/fetch   O A G K
POST    /api/v1/media                                O A G K
GET     /api/v1/media/<id>                       O A G K
GET     /api/v1/media/<id>/link                  O A G K
GET     /api/v1/storage                              O A K
PUT     /api/v1/storage                              O
POST    /api/v1/storage/check                        O A K
POST    /api/v1/storage/move                         O
GET     /api/v1/events                               O A G K
GET     /api/v1/contacts                             O A G N K
GET     /api/v1/contacts/<id>                    O A G N K
GET     /api/v1/contacts/count                       O A G N K
GET     /api/v1/languages                            O A G N K
POST    /api/v1/contacts                             O A G K
POST    /api/v1/contacts/many                        O A G K
PATCH   /api/v1/contacts/<id>                    O A G K
POST    /api/v1/contacts/<id>/conversation       O A G K
POST    /api/v1/contacts/<id>/opt-out            O A G K
POST    /api/v1/contacts/<id>/opt-in             O A K
POST    /api/v1/contacts/<id>/block              O A G K
POST    /api/v1/contacts/<id>/unblock            O A G K
GET     /api/v1/contacts/<id>/history            O A G K
GET     /api/v1/contacts/<id>/merge              O A K
POST    /api/v1/contacts/<id>/merge              O A K
POST    /api/v1/conversations/<id>/transcript    O A
GET     /api/v1/contact-fields                       O A G N K
POST    /api/v1/contact-fields                       O A K
PATCH   /api/v1/contact-fields/<id>              O A K
DELETE  /api/v1/contact-fields/<id>              O A K
GET     /api/v1/number/chat-link                     O A G N K
GET     /api/v1/number/chat-link/qr                  O A G N K
GET     /api/v1/number/profile                       O A G N K
PATCH   /api/v1/number/profile                       O A K
POST    /api/v1/number/profile/photo                 O A K
GET     /api/v1/number/profile/photo                 O A G N K
GET     /api/v1/webhook-events                       O A K
GET     /api/v1/webhook-events/<id>              O A K
POST    /api/v1/webhook-events/<id>/replay       O A K
POST    /api/v1/webhook-events/<id>/dismiss      O A K
POST    /api/v1/webhook-events/replay                O A K
GET     /api/v1/ai/providers                     O A K
POST    /api/v1/ai/providers                     O A K
PATCH   /api/v1/ai/providers/<id>                O A K
DELETE  /api/v1/ai/providers/<id>                O A K
POST    /api/v1/ai/providers/<id>/test           O A K
GET     /api/v1/ai/usage                         O A K
GET     /api/v1/ai/calls                         O A K
GET     /api/v1/webhook-forwards                     O A K
POST    /api/v1/webhook-forwards                     O
PATCH   /api/v1/webhook-forwards/<id>            O
DELETE  /api/v1/webhook-forwards/<id>            O
POST    /api/v1/webhook-forwards/<id>/resume     O
GET     /api/v1/webhook-forwards/<id>/deliveries O A K
POST    /api/v1/webhook-forwards/<id>/deliveries/send-again O A K
POST    /api/v1/webhook-deliveries/<id>/send-again O A K
GET     /api/v1/setup                                O A K
PUT     /api/v1/setup/number                         O
DELETE  /api/v1/setup/number/previous-app-secret     O
POST    /api/v1/setup/checks                         O A K
POST    /api/v1/setup/subscribe                      O
POST    /api/v1/setup/proof                          O A K
GET     /api/v1/number                               O A G N K
POST    /api/v1/number/refresh                       O A K
GET     /api/v1/alarms                               O A G N K
GET     /api/v1/me/alerts                            O A G N
PATCH   /api/v1/me/alerts                            O A G N
GET     /api/v1/push-key                             O A G N
GET     /api/v1/me/devices                           O A G N
POST    /api/v1/me/devices                           O A G N
DELETE  /api/v1/me/devices/<id>                  O A G N
POST    /api/v1/me/devices/<id>/test             O A G N
GET     /api/v1/mail                                 O A K
PUT     /api/v1/mail                                 O
POST    /api/v1/mail/test                            O A K
GET     /api/v1/emails                               O A K
POST    /api/v1/emails/<id>/retry                O A K
GET     /api/v1/settings                             O A K
PATCH   /api/v1/settings                             O A K
GET     /api/v1/plugins                              O A K
GET     /api/v1/diagnostics                          O A K
GET     /api/v1/openapi.json                         O A K
"""
