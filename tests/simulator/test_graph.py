"""The Graph around messages: tokens, versions, media, the number, the account, and bad days."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from wablast_box.lib.clock import frozen_at, now
from wablast_box.simulator.errors import TITLES
from wablast_box.simulator.faults import FaultKind
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.signing import appsecret_proof
from wablast_box.simulator.wire import Request

from .desk import Caller, code_of


def test_a_wrong_token_is_refused_with_190_and_http_401(graph):
    refused = graph.phone("GET", "", token="EAAwrong")

    assert (refused.status, code_of(refused)) == (401, 190)
    assert refused.json()["error"]["type"] == "OAuthException"


def test_no_token_at_all_is_refused_with_190(meta):
    refused = meta.graph.handle(Request("GET", "/v24.0/106540352242922"))

    assert (refused.status, code_of(refused)) == (401, 190)


@pytest.mark.parametrize("version", ["v16.0", "v26.0"])
def test_every_version_until_the_newest_is_served(meta, version):
    request = Request("GET", f"/{version}/106540352242922", {}, {"authorization": "Bearer EAASIMULATOR"})

    assert meta.graph.handle(request).status == 200


def test_a_version_from_the_future_is_refused(meta):
    request = Request("GET", "/v99.0/106540352242922", {}, {"authorization": "Bearer EAASIMULATOR"})

    assert code_of(meta.graph.handle(request)) == 2500


@pytest.mark.parametrize("path", ["/999", "/999/messages", "/999/phone_numbers"])
def test_an_object_of_somebody_else_does_not_exist(graph, path):
    refused = graph.ask("POST", path, {})

    error = refused.json()["error"]
    assert (refused.status, error["code"], error["error_subcode"]) == (400, 100, 33)
    assert error["type"] == "GraphMethodException"


def test_a_wrong_proof_of_the_app_secret_is_refused(meta, graph):
    right = appsecret_proof(meta.state.account.access_token, meta.state.account.app_secret)

    assert graph.phone("GET", "", query={"appsecret_proof": right}).status == 200
    assert code_of(graph.phone("GET", "", query={"appsecret_proof": "0" * 64})) == 100


def test_the_proof_can_be_required(meta, graph):
    meta.state.settings.require_appsecret_proof = True

    assert code_of(graph.phone("GET", "")) == 100


# -- media


def test_an_upload_can_be_looked_up_downloaded_and_deleted(meta, graph):
    media_id = graph.upload(b"\x89PNG bytes\r\n--c", "image/png").json()["id"]

    shown = graph.ask("GET", f"/{media_id}").json()
    assert (shown["mime_type"], shown["file_size"]) == ("image/png", 15)
    assert shown["sha256"] == hashlib.sha256(b"\x89PNG bytes\r\n--c").hexdigest()

    address = urlsplit(shown["url"])
    download = Request("GET", address.path, dict(parse_qsl(address.query)), {"authorization": "Bearer EAASIMULATOR"})
    assert meta.graph.handle(download).body == b"\x89PNG bytes\r\n--c"

    assert graph.ask("DELETE", f"/{media_id}").json() == {"success": True}
    assert code_of(graph.ask("GET", f"/{media_id}")) == 100
    assert meta.graph.handle(download).status == 404


def test_the_address_of_a_download_lives_five_minutes(meta, graph):
    media_id = graph.upload(b"x", "image/png").json()["id"]
    address = urlsplit(graph.ask("GET", f"/{media_id}").json()["url"])
    download = Request("GET", address.path, dict(parse_qsl(address.query)), {"authorization": "Bearer EAASIMULATOR"})

    with frozen_at(now() + timedelta(minutes=5, seconds=1)):
        assert meta.graph.handle(download).status == 404


def test_a_download_needs_the_token(meta, graph):
    media_id = graph.upload(b"x", "image/png").json()["id"]
    address = urlsplit(graph.ask("GET", f"/{media_id}").json()["url"])

    refused = meta.graph.handle(Request("GET", address.path, dict(parse_qsl(address.query))))

    assert refused.status == 401


def test_the_address_in_a_webhook_downloads_too(meta, kabir, graph):
    message = kabir.sends_media("image", b"photo", "image/jpeg")

    address = urlsplit(message.content["url"])
    download = Request("GET", address.path, dict(parse_qsl(address.query)), {"authorization": "Bearer EAASIMULATOR"})
    assert meta.graph.handle(download).body == b"photo"


@pytest.mark.parametrize(
    ("data", "mime_type", "code"),
    [
        (b"x", "text/html", 100),
        (b"x", "image/svg+xml", 100),
        (b"x" * (5 * 1024 * 1024 + 1), "image/jpeg", 131053),
        (b"", "image/jpeg", 100),
    ],
)
def test_a_file_that_meta_does_not_take_is_refused(graph, data, mime_type, code):
    assert code_of(graph.upload(data, mime_type)) == code


def test_media_of_another_number_is_not_shown(graph):
    media_id = graph.upload(b"x", "image/png").json()["id"]

    assert code_of(graph.ask("GET", f"/{media_id}", query={"phone_number_id": "1"})) == 100


# -- number and account


def test_the_number_shows_the_fields_that_are_asked_for(graph):
    shown = graph.phone("GET", "", query={"fields": "quality_rating,verified_name,throughput"}).json()

    assert shown == {
        "quality_rating": "GREEN",
        "verified_name": "Asha Textiles",
        "throughput": {"level": "STANDARD"},
        "id": "106540352242922",
    }


def test_the_account_lists_its_number(graph):
    (number,) = graph.waba("GET", "/phone_numbers").json()["data"]

    assert (number["id"], number["display_phone_number"]) == ("106540352242922", "+91 80 4718 2200")


def test_the_profile_can_be_changed_and_read_back(graph):
    graph.phone("POST", "/whatsapp_business_profile", {"messaging_product": "whatsapp", "about": "Open till 8"})

    (profile,) = graph.phone("GET", "/whatsapp_business_profile", query={"fields": "about,vertical"}).json()["data"]
    assert profile == {"about": "Open till 8", "vertical": "RETAIL"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": "x" * 140},
        {"about": ""},
        {"address": "x" * 257},
        {"description": "x" * 513},
        {"email": "x" * 129},
        {"websites": ["a", "b", "c"]},
    ],
)
def test_a_profile_beyond_the_limits_is_refused(graph, wrong):
    assert code_of(graph.phone("POST", "/whatsapp_business_profile", {"messaging_product": "whatsapp", **wrong})) == 100


def test_registering_sets_the_pin_and_wants_it_again(graph):
    assert graph.phone("POST", "/register", {"messaging_product": "whatsapp", "pin": "123456"}).status == 200

    assert code_of(graph.phone("POST", "/register", {"messaging_product": "whatsapp", "pin": "654321"})) == 133005
    assert code_of(graph.phone("POST", "/register", {"messaging_product": "whatsapp", "pin": "12"})) == 100


def test_a_subscription_is_listed_with_its_override(graph):
    body = {"override_callback_uri": "https://box.test/hooks/meta", "verify_token": "v"}
    assert graph.waba("POST", "/subscribed_apps", body).json() == {"success": True}

    (app,) = graph.waba("GET", "/subscribed_apps").json()["data"]
    assert app["override_callback_uri"] == "https://box.test/hooks/meta"


def test_an_override_that_does_not_repeat_the_challenge_is_refused(mailbox):
    asked = []
    meta = FakeMeta(post=mailbox, verify=lambda *what: asked.append(what) or False)
    refused = Caller(meta).waba("POST", "/subscribed_apps", {"override_callback_uri": "https://x.test", "verify_token": "v"})

    assert (refused.status, code_of(refused)) == (400, 2200)
    assert asked[0][:2] == ("https://x.test", "v")
    assert meta.state.number.subscribed is False


@pytest.mark.parametrize("url", ["http://box.example/hooks", "https://" + "x" * 200])
def test_an_override_must_be_a_short_https_address(graph, url):
    assert code_of(graph.waba("POST", "/subscribed_apps", {"override_callback_uri": url, "verify_token": "v"})) == 100


def test_a_token_can_be_looked_at(meta, graph):
    good = graph.ask("GET", "/debug_token", query={"input_token": meta.state.account.access_token}).json()["data"]
    bad = graph.ask("GET", "/debug_token", query={"input_token": "EAAother"}).json()["data"]

    assert (good["is_valid"], "whatsapp_business_messaging" in good["scopes"]) == (True, True)
    assert bad["is_valid"] is False


# -- bad days


@pytest.mark.parametrize("code", [4, 80007, 130429, 131056, 131000, 2, 190, 131031])
def test_any_error_can_be_had_on_demand_once(meta, graph, kabir, code):
    meta.faults.add(FaultKind.ERROR, code=code, path="messages")

    refused = graph.text()
    assert (refused.status, code_of(refused)) == (TITLES[code][0], code)
    assert graph.text().status == 200


def test_an_error_can_be_for_one_recipient_only(meta, graph, kabir):
    meta.phone("Ananya").says("hi")
    meta.faults.add(FaultKind.ERROR, code=131056, to="919845067890", times=None)

    assert graph.text().status == 200
    assert code_of(graph.text(to="+91 98450 67890")) == 131056


def test_a_fault_can_wait_and_hit_every_second_call(meta, graph, kabir):
    meta.faults.add(FaultKind.ERROR, after=1, every=2, times=None)

    assert [graph.text().status for _ in range(5)] == [200, 500, 200, 500, 200]


def test_html_instead_of_json(meta, graph):
    meta.faults.add(FaultKind.HTML)

    answer = graph.text()
    assert (answer.status, answer.body[:9]) == (502, b"<!DOCTYPE")


def test_nothing_instead_of_an_answer(meta, graph):
    meta.faults.add(FaultKind.EMPTY)

    assert (graph.text().status, meta.state.accepted_count) == (200, 0)


def test_a_connection_cut_before_nothing_is_accepted(meta, graph, kabir):
    meta.faults.add(FaultKind.CUT_BEFORE)

    assert graph.text().cut is True
    assert meta.state.accepted_count == 0


def test_a_connection_cut_after_the_message_is_on_its_way(meta, graph, kabir, mailbox):
    meta.faults.add(FaultKind.CUT_AFTER)

    assert graph.text(biz_opaque_callback_data="row-1").cut is True
    meta.pump()

    assert mailbox.statuses[0]["biz_opaque_callback_data"] == "row-1"


def test_an_answer_can_be_slow(meta, graph, kabir):
    meta.faults.add(FaultKind.DELAY, delay_s=3)

    answer = graph.text()
    assert (answer.status, answer.delay_s) == (200, 3)
