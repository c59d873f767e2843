"""Try a bucket: write a small object, read it back, delete it. What is wrong is said in words."""

from __future__ import annotations

import hashlib
import io

from wablast_box.engine.media.bucket import client
from wablast_box.engine.media.bucket.account import Account
from wablast_box.lib.crypto import new_token
from wablast_box.lib.errors import BoxError, Invalid, NotFound

# What is wrong with the bucket, by what the service answered, is mended here.
_FIELDS = {
    "s3_NoSuchBucket": "bucket",
    "s3_InvalidAccessKeyId": "key_id",
    "s3_SignatureDoesNotMatch": "secret_key",
    "s3_AuthorizationHeaderMalformed": "region",
    "s3_PermanentRedirect": "region",
    "egress_refused": "endpoint",
}


def require_working(account: Account) -> None:
    """Invalid says what is wrong, and at which field it is mended."""
    name, words = f"check-{new_token()[:12]}", new_token().encode()
    try:
        client.put(account, name, io.BytesIO(words), size=len(words), sha256=hashlib.sha256(words).hexdigest())
        if b"".join(client.get(account, name, most=len(words))) != words:
            raise Invalid("The bucket gives back something else than what was put into it.", field="bucket")
        client.delete(account, name)
    except Invalid:
        raise
    except NotFound as lost:
        raise Invalid(
            "The bucket takes files and does not give them back.", help="Is there a bucket of this name at this address?", field="bucket"
        ) from lost
    except BoxError as refused:
        field = _FIELDS.get(refused.code, "endpoint")
        advice = refused.help or ("Is the address right, with its port and https?" if field == "endpoint" else None)
        raise Invalid(refused.message, help=advice, code="bucket", field=field) from refused
