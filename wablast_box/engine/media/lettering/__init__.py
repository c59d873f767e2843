"""Pictures that the box itself makes: QR codes, and texts on a picture of the shop. Drawn in a process of its own, like all pictures."""
