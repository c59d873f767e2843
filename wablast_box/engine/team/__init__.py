"""Who may do what. Tables: User, LoginSession, ApiKey, OneTimeLink, SocketTicket, Throttle. Verbs: sign_in, sign_out, invite, authorize."""
