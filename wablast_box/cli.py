"""The `wablast-box` command. Each verb loads only what it needs, so that help and mistakes answer at once."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence

from wablast_box import __version__
from wablast_box.cli_words import complain, exit_code
from wablast_box.config import BootConfig, load_config
from wablast_box.lib.errors import BoxError

Options = argparse.Namespace


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    try:
        sys.exit(_run(_parser().parse_args(arguments)))
    except KeyboardInterrupt:
        sys.exit(130)


def _run(options: Options) -> int:
    try:
        config = load_config(
            {"data_dir": options.data, "bind": getattr(options, "bind", None), "public_url": getattr(options, "public_url", None)}
        )
        verb: Callable[[BootConfig, Options], int] = _VERBS[options.verb]
        return verb(config, options)
    except BoxError as error:
        complain(error)
        return exit_code(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("wablast-box", description="WhatsApp Business on your own machine.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"wablast-box {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    _serve_options(verbs.add_parser("serve", help="run the box", allow_abbrev=False))
    _demo_options(verbs.add_parser("demo", help="try it with a pretend phone; no Meta account needed", allow_abbrev=False))
    _setup_options(verbs.add_parser("setup", help="name the owner and connect the number", allow_abbrev=False))
    _data(verbs.add_parser("doctor", help="find the broken setting and its fix", allow_abbrev=False))
    _api_key_options(verbs.add_parser("api-key", help="keys for programs", allow_abbrev=False))
    _user_options(verbs.add_parser("user", help="the people of the business", allow_abbrev=False))
    _seed_options(verbs.add_parser("seed", help="fill a stopped box with made-up conversations", allow_abbrev=False))
    _media_options(verbs.add_parser("media", help="where customers' and your files are kept", allow_abbrev=False))
    _plugins_options(verbs.add_parser("plugins", help="write, check and list plugins", allow_abbrev=False))
    return parser


def _data(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--data", metavar="DIR", help="the data folder (WABLAST_BOX_DATA_DIR)")
    return parser


def _serve_options(parser: argparse.ArgumentParser) -> None:
    _data(parser).add_argument("--bind", metavar="HOST:PORT", help="where to listen (WABLAST_BOX_BIND), 127.0.0.1:8422 unless given")
    parser.add_argument("--public-url", metavar="URL", help="where Meta reaches the box (WABLAST_BOX_PUBLIC_URL)")
    parser.add_argument("--safe-mode", action="store_true", help="start without plugins")


def _demo_options(parser: argparse.ArgumentParser) -> None:
    _data(parser).add_argument("--port", type=int, metavar="N", help="8422 or the next free one unless given")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def _setup_options(parser: argparse.ArgumentParser) -> None:
    _data(parser).add_argument("--business", metavar="NAME")
    parser.add_argument("--time-zone", metavar="ZONE", help="Asia/Kolkata unless given")
    parser.add_argument("--owner-name", metavar="NAME")
    parser.add_argument("--owner-email", metavar="E")
    parser.add_argument("--owner-password-stdin", action="store_true", help="read the owner's password from standard input")
    parser.add_argument("--phone-number-id", metavar="P")
    parser.add_argument("--waba-id", metavar="W")
    parser.add_argument("--access-token", metavar="T")
    parser.add_argument("--app-secret", metavar="S")
    parser.add_argument("--forget-previous-app-secret", action="store_true", help="after a leak: the former app secret counts no more")
    parser.add_argument("--verify-token", metavar="V")
    parser.add_argument("--public-url", metavar="URL")
    parser.add_argument("--no-check", action="store_true", help="store without asking Meta")


def _api_key_options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="create|list|revoke")
    create = _data(actions.add_parser("create", help="make a key; only the key is printed", allow_abbrev=False))
    create.add_argument("--name", required=True, metavar="N")
    create.add_argument("--role", default="AGENT", metavar="ROLE", help="OWNER, ADMIN, AGENT or ANALYST")
    _data(actions.add_parser("list", allow_abbrev=False))
    _data(actions.add_parser("revoke", allow_abbrev=False)).add_argument("id", help="the key's id or prefix")


def _user_options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|password-link|disable|reset-mfa")
    add = _data(actions.add_parser("add", help="add somebody; prints the link for their first password", allow_abbrev=False))
    add.add_argument("--name", required=True, metavar="N")
    add.add_argument("--email", required=True, metavar="E")
    add.add_argument("--role", default="AGENT", metavar="ROLE", help="OWNER, ADMIN, AGENT or ANALYST")
    _data(actions.add_parser("list", allow_abbrev=False))
    for name, words in (
        ("password-link", "print a link to choose a new password"),
        ("disable", "keep somebody out, at once"),
        ("reset-mfa", "take away somebody's second factor, when phone and recovery codes are lost"),
    ):
        _data(actions.add_parser(name, help=words, allow_abbrev=False)).add_argument("email")


def _seed_options(parser: argparse.ArgumentParser) -> None:
    _data(parser).add_argument("--conversations", type=int, default=200, metavar="N", help="how many there are then, 200 unless given")
    parser.add_argument("--messages", type=int, default=5000, metavar="M", help="how many there are afterwards, 5000 unless given")


def _media_options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="move|status")
    move = _data(actions.add_parser("move", help="carry every file there; may be interrupted and called again", allow_abbrev=False))
    move.add_argument("--to", required=True, choices=("s3", "disk"), help="the bucket of Settings → Storage, or the data folder")
    _data(actions.add_parser("status", help="how many files lie where", allow_abbrev=False))


def _plugins_options(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="new|check|list")
    new = _data(actions.add_parser("new", help="write a plugin that works, with its test, to begin from", allow_abbrev=False))
    new.add_argument("name", metavar="NAME", help="such as hello: small letters, digits and _")
    new.add_argument("--into", required=True, metavar="DIR", help="where its folder NAME is made")
    check = _data(actions.add_parser("check", help="say what is wrong with a plugin", allow_abbrev=False))
    check.add_argument("folder", metavar="DIR", help="the plugin's folder, or a folder of several")
    _data(actions.add_parser("list", help="the plugins that the box finds at its start", allow_abbrev=False))


def _hurry() -> None:
    # Loading makes a hundred thousand objects that all stay: looking among them for garbage is a quarter of the start.
    # The server switches it on again when it listens.
    gc.disable()


def _serve(config: BootConfig, options: Options) -> int:
    _hurry()
    from wablast_box.cli_run import serve

    return serve(config, safe_mode=options.safe_mode)


def _demo(config: BootConfig, options: Options) -> int:
    _hurry()
    from wablast_box.cli_run import demo

    return demo(config, data=options.data, port=options.port, with_browser=not options.no_browser)


def _setup(config: BootConfig, options: Options) -> int:
    from wablast_box.cli_setup import setup

    return setup(config, options)


def _doctor(config: BootConfig, options: Options) -> int:
    from wablast_box.cli_setup import doctor

    return doctor(config)


def _api_key(config: BootConfig, options: Options) -> int:
    from wablast_box.cli_team import API_KEY_ACTIONS, with_box

    return with_box(config, API_KEY_ACTIONS[options.action], options)


def _user(config: BootConfig, options: Options) -> int:
    from wablast_box.cli_team import USER_ACTIONS, with_box

    return with_box(config, USER_ACTIONS[options.action], options)


def _seed(config: BootConfig, options: Options) -> int:
    from wablast_box.cli_seed import seed

    return seed(config, options)


def _media(config: BootConfig, options: Options) -> int:
    from wablast_box.cli_media import move, status

    return move(config, options) if options.action == "move" else status(config, options)


def _plugins(config: BootConfig, options: Options) -> int:
    from wablast_box.cli_plugins import PLUGIN_ACTIONS

    return PLUGIN_ACTIONS[options.action](config, options)


_VERBS: dict[str, Callable[[BootConfig, Options], int]] = {
    "serve": _serve,
    "demo": _demo,
    "setup": _setup,
    "doctor": _doctor,
    "api-key": _api_key,
    "user": _user,
    "seed": _seed,
    "media": _media,
    "plugins": _plugins,
}
