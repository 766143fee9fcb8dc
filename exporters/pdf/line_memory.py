"""Lines that were broken or drawn before, kept between the fragments of one process.

Cards of one service repeat most of their sentences in every office, and every card repeats its headings and list markers. What
WeasyPrint finds out about a line depends on its text, its style and the room it has, and on nothing else, so it is found out once.
Books in one piece do without this memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import draw
from weasyprint.draw import text as text_drawing
from weasyprint.layout import inline, preferred
from weasyprint.matrix import Matrix

from exporters.pdf.painting import UsedFonts, WatchedStream, new_resources

STYLE_PROPERTIES = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size", "font_stretch",
    "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian", "font_variant_ligatures",
    "font_variant_numeric", "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing", "line_height", "overflow_wrap",
    "tab_size", "text_decoration_line", "white_space", "word_break", "word_spacing",
)  # fmt: skip
"""All properties on which the breaking and drawing of a line depend."""
LONGEST_TEXT = 2_000
"""Characters of a text worth remembering; longer ones do not come twice."""
REMEMBERED = 4_000
"""Lines kept of each kind, some 6 MB: web processes print single cards too. Cards of one service stand side by side, so more would
hardly be asked for again. Then the memory starts anew.
"""

_split_first_line: Callable[..., Any] = inline.split_first_line
_strut: Callable[..., tuple[float, float]] = inline.strut
_draw_text: Callable[..., None] = draw.draw_text


class Scribe(WatchedStream):
    """Writes a line down instead of drawing it: the operators and the glyphs it uses."""

    def __init__(self) -> None:
        super().__init__(0, UsedFonts(), (0, 0, 1, 1), new_resources(), {}, {}, {}, None)
        self._steps: list[tuple[str, tuple[Any, ...]]] = []

    def write(self, box: Any) -> WrittenLine | None:
        """The line of a text box; None when it holds pictures, which cannot be repeated this way."""
        self._steps = []
        fonts = self.used.fonts.values()
        for font in fonts:
            font.to_unicode = {}
            font.missing.clear()
        pictures = text_drawing.draw_first_line(self, box, "clip", "none", Matrix())
        self.refuse_missing_glyphs(*fonts)
        if pictures:
            return None
        return WrittenLine(self._steps, {font.hash: font.to_unicode for font in fonts if font.to_unicode})

    def set_text_matrix(self, *matrix: float) -> None:
        """The place is that of the box that is drawn, not of the line."""

    def set_font_size(self, font: str, size: float) -> None:
        """Write the step down."""
        self._steps.append(("set_font_size", (font, size)))

    def show_text(self, text: str) -> None:
        """Write the step down."""
        self._steps.append(("show_text", (text,)))

    def set_text_rise(self, rise: float) -> None:
        """Write the step down."""
        self._steps.append(("set_text_rise", (rise,)))


class WrittenLine:
    """The drawing of a line without its place and colour."""

    __slots__ = ("_glyphs", "_steps")

    def __init__(self, steps: list[tuple[str, tuple[Any, ...]]], glyphs: dict[str, dict[int, str]]) -> None:
        self._steps = tuple(steps)
        self._glyphs = glyphs

    def draw(self, stream: WatchedStream, box: Any) -> None:
        """Draw the line where the box stands, in its colour."""
        stream.set_color(box.style["color"])
        stream.begin_text()
        if self._steps:
            stream.set_text_matrix(1, 0, 0, -1, box.position_x, box.position_y + box.baseline)
        for step, arguments in self._steps:
            getattr(stream, step)(*arguments)
        stream.end_text()
        stream.used.add(self._glyphs)


class LineMemory:
    """What is known of lines in one font configuration."""

    def __init__(self) -> None:
        self._styles: dict[tuple[Any, ...], int] = {}
        self._broken: dict[tuple[Any, ...], Any] = {}
        self._written: dict[tuple[str, int], WrittenLine | None] = {}
        self._scribe = Scribe()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let WeasyPrint ask this memory first. One document at a time."""
        inline.split_first_line = preferred.split_first_line = self._split
        inline.strut = _remembered_strut
        draw.draw_text = self._draw
        try:
            yield
        finally:
            inline.split_first_line = preferred.split_first_line = _split_first_line
            inline.strut = _strut
            draw.draw_text = _draw_text

    def _style_number(self, style: Any) -> int:
        """Equal numbers are styles in which a line breaks and looks the same."""
        try:
            return int(style.line_style)
        except AttributeError:
            values = tuple(_hashable(style[name]) for name in STYLE_PROPERTIES)
            style.line_style = self._styles.setdefault(values, len(self._styles))
            return int(style.line_style)

    def _split(
        self, text: str, style: Any, context: Any, max_width: float | None, spacing: float, *start: Any, **named: Any
    ) -> Any:
        """The first line of a text. Stands in for WeasyPrint's `split_first_line`."""
        if spacing or len(text) > LONGEST_TEXT:
            return _split_first_line(text, style, context, max_width, spacing, *start, **named)
        key = (text, self._style_number(style), max_width, start, *named.items())
        found = self._broken.get(key)
        if found is None:
            found = _split_first_line(text, style, context, max_width, spacing, *start, **named)
            if len(self._broken) >= REMEMBERED:
                self._broken.clear()
            self._broken[key] = found
        return found

    def _draw(self, stream: Any, box: Any, offset_x: float, text_overflow: str, block_ellipsis: str) -> None:
        """A text box. Stands in for WeasyPrint's `draw_text`; what is decorated, cut or invisible goes to that."""
        line = self._line(box) if _is_plain(stream, box, text_overflow, block_ellipsis) else None
        if line is None:
            _draw_text(stream, box, offset_x, text_overflow, block_ellipsis)
        else:
            line.draw(stream, box)

    def _line(self, box: Any) -> WrittenLine | None:
        key = (box.pango_layout.text, self._style_number(box.style))
        if key not in self._written:
            if len(self._written) >= REMEMBERED:
                self._written.clear()
            box.pango_layout.reactivate(box.style)
            self._written[key] = self._scribe.write(box)
            box.pango_layout.deactivate()
        return self._written[key]


def _remembered_strut(style: Any) -> tuple[float, float]:
    """Height and baseline of a line, kept with the style. Stands in for WeasyPrint's `strut`."""
    try:
        return style.line_strut  # type: ignore[no-any-return]
    except AttributeError:
        style.line_strut = _strut(style)
        return style.line_strut  # type: ignore[no-any-return]


def _hashable(value: Any) -> Any:
    return frozenset(value) if isinstance(value, set) else value


def _is_plain(stream: Any, box: Any, text_overflow: str, block_ellipsis: str) -> bool:
    return (
        isinstance(stream, WatchedStream)
        and text_overflow == "clip"
        and block_ellipsis == "none"
        and len(box.pango_layout.text) <= LONGEST_TEXT
        and not box.pango_layout.justification_spacing
        and box.style["visibility"] == "visible"
        and box.style["text_decoration_line"] == "none"
    )
