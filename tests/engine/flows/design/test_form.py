"""docs/reference/flow-graph.schema.json describes what is drawn: the starters keep to it, and it refuses what the box refuses."""

from __future__ import annotations

import jsonschema
import pytest

from wablast_box.engine.flows.design.form import graph_schema
from wablast_box.engine.flows.starters.gallery import starters


@pytest.mark.feature("FE-25")
def test_the_starters_keep_to_the_described_form() -> None:
    checker = jsonschema.Draft202012Validator(graph_schema())
    jsonschema.Draft202012Validator.check_schema(graph_schema())
    for one in starters():
        assert [found.message for found in checker.iter_errors(one["graph"])] == []
