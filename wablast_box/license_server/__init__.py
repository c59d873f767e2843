"""The vendor's own small service. Empty until the first plan is sold; packaged apart."""
