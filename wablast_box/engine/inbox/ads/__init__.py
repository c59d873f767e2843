"""Customers who came by an advertisement on Facebook or Instagram. Table: AdReferral. Verbs: keep_referrals. Query: referrals_page."""
