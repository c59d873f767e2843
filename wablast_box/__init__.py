"""wablast-box: WhatsApp Business on your own machine. One install, one business, one number."""

__version__ = "0.1.0"
