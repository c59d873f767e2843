"""GST, a UPI link, a line by lot."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

from wablast_box.plugins.api import Choice, Go, Invalid, NodeType, Number, Outcome, Step, Text, Variable, Wrong, read_number, rounded

_UPI_ID = re.compile(r"[A-Za-z0-9.\-_]{2,256}@[A-Za-z][A-Za-z0-9]{1,63}")
# More than any shop's bill; the banks' own limit for UPI is far below.
_MOST = Decimal(10) ** 12


class Gst(NodeType):
    """Works out the GST of an amount: taxable value, CGST and SGST or IGST, and the total."""

    type, title, category, icon = "gst", "GST", "logic", "calculator"
    can_fail = True

    amount = Text("Amount", longest=200, required=True, help="A number or a value, such as {{price}}")
    rate = Number("GST in %", least=0, most=100, default=18)
    mode = Choice("The amount is", {"exclusive": "Without GST: it is added", "inclusive": "With GST: it is taken out"}, default="exclusive")
    place = Choice("The customer is", {"same": "In our state: CGST and SGST", "other": "In another state: IGST"}, default="same")
    save_as = Variable("Keep the result as", default="gst", help="Then use {{gst.total}}, {{gst.tax}}, {{gst.taxable}}, {{gst.cgst}} …")

    def run(self, step: Step) -> Outcome:
        amount, rate = _amount(step.fill(self.amount)), Decimal(str(self.rate)) / 100
        taxable = amount / (1 + rate) if self.mode == "inclusive" else amount
        tax = rounded(amount - taxable if self.mode == "inclusive" else amount * rate, 2)
        total = amount if self.mode == "inclusive" else amount + tax
        # CGST and SGST are the same by law; where a paisa is over, SGST has it, so that the parts make the whole.
        cgst = rounded(tax / 2, 2) if self.place == "same" else Decimal(0)
        sgst = tax - cgst if self.place == "same" else Decimal(0)
        igst = tax if self.place == "other" else Decimal(0)
        step.set(self.save_as, {"taxable": total - tax, "tax": tax, "cgst": cgst, "sgst": sgst, "igst": igst, "total": total})
        return Go()


class UpiLink(NodeType):
    """Makes the text of a UPI payment link; send it, or put it into a QR code."""

    type, title, category, icon = "upi_link", "UPI payment link", "logic", "link"
    can_fail = True

    upi_id = Text("UPI ID", longest=320, required=True, fills=False, help="Such as ashasilks@okaxis")
    payee = Text("Name the customer sees", longest=99, required=True, fills=False)
    amount = Text("Amount", longest=200, help="A number or a value, such as {{gst.total}}; without one the customer writes it")
    note = Text("Note", longest=80, help="Such as Order {{order_number}}")
    save_as = Variable("Keep the link as", default="upi_link")

    def run(self, step: Step) -> Outcome:
        # Each part is quoted, so that nothing a customer wrote can add a part of its own.
        parts = {"pa": self.upi_id, "pn": self.payee}
        if self.amount:
            parts["am"] = f"{_amount(step.fill(self.amount)):.2f}"
        if self.note:
            parts["tn"] = step.fill(self.note)[:80]
        parts["cu"] = "INR"
        step.set(self.save_as, "upi://pay?" + "&".join(f"{name}={quote(text, safe='@')}" for name, text in parts.items()))
        return Go()

    def check(self) -> Iterator[Wrong]:
        if self.upi_id and not _UPI_ID.fullmatch(self.upi_id):
            yield Wrong("upi_id", "no_upi_id", "A UPI ID is NAME@BANK, such as ashasilks@okaxis.")


class PickLine(NodeType):
    """Picks one of several lines by lot, such as a tip of the day."""

    type, title, category, icon = "pick_line", "Pick a line", "logic", "dice"

    lines = Text("Lines", lines=6, required=True, help="One on each line")
    save_as = Variable("Keep the line as", default="line")

    def run(self, step: Step) -> Outcome:
        """The lot is made of the step's own key: played again after a crash it falls the same."""
        lines = [line.strip() for line in (self.lines or "").splitlines() if line.strip()]
        lot = int.from_bytes(hashlib.sha256(step.key.encode()).digest()[:8], "big")
        step.set(self.save_as, step.fill(lines[lot % len(lines)]) if lines else "")
        return Go()

    def check(self) -> Iterator[Wrong]:
        if self.lines and not self.lines.strip():
            yield Wrong("lines", "missing", "Write at least one line.")


def _amount(text: str) -> Decimal:
    number = read_number(text)
    if number is None or not 0 <= number <= _MOST:
        raise Invalid(f"“{text[:40]}” is no amount.", code="not_an_amount")
    return rounded(number, 2)
