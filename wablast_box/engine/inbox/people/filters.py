"""The language of the contacts page: `tag:vip -tag:spam is:blocked has:phone lang:hi City:Pune Age>30 "Last visit"<2026-01-01`.

What is none of its terms is a word of the name, the number or the user name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.contacts.fields import read as fields
from wablast_box.engine.contacts.fields.kinds import Spec, comparable
from wablast_box.engine.contacts.languages import checked_language
from wablast_box.engine.contacts.models import FieldKind
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import sql
from wablast_box.lib.errors import Invalid

MOST_LETTERS, MOST_TERMS = 500, 20
Part = tuple[str, list[Any]]
_TERM = re.compile(
    r'(?P<minus>-?)(?:"(?P<quoted_key>[^"]+)"|(?P<key>[^\s":<>=]+))(?P<sign>:|<=|>=|<|>|=)(?P<value>"[^"]*"?|\S*)'
    r'|"(?P<quoted>[^"]*)"?|(?P<word>\S+)'
)
_IS = {
    "blocked": "ct.blocked_at IS NOT NULL",
    "optedout": "ct.marketing_opted_out_at IS NOT NULL",
}
_HAS = {
    "phone": "ct.phone IS NOT NULL",
    "username": "ct.username IS NOT NULL",
    "language": "ct.language IS NOT NULL",
    "tag": "EXISTS (SELECT 1 FROM contact_tag x WHERE x.contact_id = ct.id)",
    "conversation": "EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = ct.id)",
}


@dataclass(frozen=True, slots=True)
class _Term:
    key: str
    sign: str
    value: str
    negated: bool


def conditions(text: str, viewer: Viewer) -> list[Part]:
    """What a filter asks of `contact ct`; Invalid says what to write instead."""
    if len(text) > MOST_LETTERS:
        raise wrong("This filter is too long.", f"At most {MOST_LETTERS} letters.")
    found = list(_TERM.finditer(text))
    if len(found) > MOST_TERMS:
        raise wrong("This filter has too many parts.", f"At most {MOST_TERMS}.")
    specs = fields.specs() if any(one["sign"] for one in found) else []
    return [part for one in found if (part := _part(one, specs, viewer)) is not None]


def wrong(message: str, help: str | None) -> Invalid:
    """A filter that cannot be read."""
    return Invalid(message, code="invalid_filter", help=help, field="q")


def _part(found: re.Match[str], specs: Sequence[Spec], viewer: Viewer) -> Part | None:
    if not found["sign"]:
        word = found["quoted"] if found["quoted"] is not None else found["word"]
        return _called(word, viewer) if word and word.strip() else None
    key = (found["quoted_key"] or found["key"]).strip()
    term = _Term(key.casefold(), found["sign"], found["value"].strip('"').strip(), bool(found["minus"]))
    if term.key in _READ and term.sign in ":=":
        return _not(_READ[term.key](term), term)
    spec = next((one for one in specs if one.name.casefold() == term.key), None)
    if spec is None:
        return _called(found[0], viewer)
    if viewer.hides_numbers and (spec.kind in (FieldKind.PHONE, FieldKind.EMAIL) or _has_a_number(spec, term)):
        raise wrong("Your role hides numbers: they cannot be looked for.", None)
    return _not(_valued(spec, term), term)


def _has_a_number(spec: Spec, term: _Term) -> bool:
    """More digits than a year in a field of free text: somebody looks for a number there, digit by digit."""
    return spec.kind is FieldKind.TEXT and sum(letter.isdigit() for letter in term.value) > 4


def _not(part: Part, term: _Term) -> Part:
    return (f"NOT ({part[0]})", part[1]) if term.negated else part


def _tag(term: _Term) -> Part:
    rows = sql.run("SELECT id, name FROM tag")
    number = next((row[0] for row in rows if row[1].casefold() == term.value.casefold()), None)
    if number is None:
        raise wrong(f"There is no tag “{term.value}”.", "Write it as it is called, with quotes where it has spaces.")
    return "ct.id IN (SELECT x.contact_id FROM contact_tag x WHERE x.tag_id = ?)", [number]


def _is(term: _Term) -> Part:
    return _one_of(_IS, term, "is"), []


def _has(term: _Term) -> Part:
    return _one_of(_HAS, term, "has"), []


def _one_of(known: dict[str, str], term: _Term, key: str) -> str:
    if term.value.lower() not in known:
        raise wrong(f"“{key}:{term.value}” means nothing.", f"One of {', '.join(known)}.")
    return known[term.value.lower()]


def _language(term: _Term) -> Part:
    code = checked_language(term.value)
    if code is None:
        raise wrong("“lang:” wants a language behind it.", "For example lang:hi.")
    return "(ct.language = ? OR ct.language LIKE ? ESCAPE '!')", [code, f"{_escaped(code)}-%"]


_READ: dict[str, Callable[[_Term], Part]] = {"tag": _tag, "is": _is, "has": _has, "lang": _language, "language": _language}


def _valued(spec: Spec, term: _Term) -> Part:
    lookup = "ct.id IN (SELECT x.contact_id FROM contact_value x WHERE x.field_id = ? AND {})"
    if term.value in ("", "*") and term.sign in ":=":
        return lookup.format("1 = 1"), [spec.id]
    stored = comparable(spec, term.value)
    if stored.number is not None:
        return lookup.format(f"x.number {'=' if term.sign == ':' else term.sign} ?"), [spec.id, stored.number]
    if term.sign not in ":=":
        raise wrong(f"{spec.name} has no order.", f"Write {spec.name}:{term.value}.")
    if term.sign == ":" and spec.kind in (FieldKind.TEXT, FieldKind.LINK, FieldKind.EMAIL, FieldKind.PHONE):
        return lookup.format("x.folded LIKE ? ESCAPE '!'"), [spec.id, f"%{_escaped(stored.folded)}%"]
    return lookup.format("x.folded = ?"), [spec.id, stored.folded]


def _called(word: str, viewer: Viewer) -> Part:
    part = f"%{_escaped(word.strip().lower())}%"
    if not viewer.may_look_for([word]):
        # A name, too, may be a number.
        return "1 = 0", []
    if viewer.hides_numbers:
        return "(LOWER(ct.name) LIKE ? ESCAPE '!' OR LOWER(ct.username) LIKE ? ESCAPE '!')", [part, part]
    digits = re.sub(r"[\s()+.-]", "", word)
    number = f"%{digits}%" if len(digits) > 2 and digits.isdigit() else part
    return (
        "(LOWER(ct.name) LIKE ? ESCAPE '!' OR ct.phone LIKE ? ESCAPE '!' OR LOWER(ct.username) LIKE ? ESCAPE '!')",
        [part, number, part],
    )


def _escaped(words: str) -> str:
    for special in "!%_":
        words = words.replace(special, f"!{special}")
    return words
