"""What strangers write to break a page: names, words and names of files."""

from __future__ import annotations

MARKUP = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "<svg/onload=window.hacked=1>",
    "\"><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "<style>*{display:none!important}</style>",
    "</article></div></body><h1>free</h1>",
    "<a href='javascript:window.hacked=1'>tap</a>",
    'javascript:window.hacked=1 https://x.example/"onmouseover="window.hacked=1',
    "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "{{constructor.constructor('window.hacked=1')()}} ${window.hacked=1}",
    "<!-- --><![CDATA[ ]]><template><slot>",
    "https://example.com/<script>window.hacked=1</script>",
]
DIRECTIONS = [
    "\u202efdp.exe\u202c invoice",
    "\u202e\u202e\u202e" * 50,
    "\u2067never closed",
    "\u2068" * 200 + "deep",
    "\u200f\u200f مرحبا 123 abc \u200e",
    "\u202dLRO \u202bRLE",
]
PILES = [
    "Z" + "\u0335\u0321\u0327" * 120 + "algo",
    "e" + "\u0301" * 500,
    "\u0e49" * 300,
    "\u20e3" * 50,
]
UNSEEN = ["\u200b\u200c\u200d\u2060\ufeff", "\u3164\u115f", "\u00ad" * 100, "\t\n \u00a0", "a\u200bb\u2060c"]
LONG = ["😀" * 4096, "👩‍👩‍👧‍👦" * 300, "W" * 4096, "x " * 2048, "🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 100, "\n" * 2000 + "end", "*_~`" * 1000, "﷽" * 500, "ﷺ" * 300]
SCRIPTS = ["क्षत्रिय श्रृंखला", "ಕನ್ನಡ ಪಠ್ಯ", "தமிழ்", "ภาษาไทย", "한국어", "ᚠᛇᚻ", "𝕆𝕦𝕥 𝔬𝔣 𝔭𝔩𝔞𝔫𝔢", "\U000e0001\U000e0020tags"]
EVERYTHING = MARKUP + DIRECTIONS + PILES + UNSEEN + LONG + SCRIPTS
