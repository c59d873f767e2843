"""Fields of the business's own making: what they are, what may stand in them, and who has what. Tables: ContactField, ContactValue."""
