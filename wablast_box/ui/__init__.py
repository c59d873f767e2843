"""The web interface: TypeScript in `frontend/`, built by `hatch_build.py` into `static/`, which the server hands out."""
