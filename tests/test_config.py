"""What is read before the database opens."""

from __future__ import annotations

import pytest

from wablast_box.config import load_config
from wablast_box.lib.errors import Invalid


def test_servers_inside_are_listed_one_by_one() -> None:
    config = load_config({"data_dir": "/tmp/box"}, {"WABLAST_BOX_INSIDE_ADDRESSES": "192.168.1.20:8069, erp.lan:443"})

    assert config.inside_addresses == ("192.168.1.20:8069", "erp.lan:443")


@pytest.mark.parametrize("wrong", ["192.168.1.20", "10.0.0.0/8:80", "*.lan:80", "169.254.169.254:80", "erp.lan:99999", ":80", "127.0.0.1:8422", "localhost:8422"])
def test_neither_networks_nor_metadata_nor_the_box_itself_can_be_listed(wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        load_config({"data_dir": "/tmp/box"}, {"WABLAST_BOX_INSIDE_ADDRESSES": f"erp.lan:80,{wrong}"})

    assert refused.value.field == "inside_addresses" and wrong in refused.value.message
