"""A page's own form, filled in as a person would: what it carries, and something sensible where it is empty."""

from datetime import date
from html.parser import HTMLParser

TEXT, PASSWORD = "Right words", "a long enough test password"
BY_NAME = {
    "person": "otto.outsider@testhouse.example", "deputy": "", "q": "",
    "reference": "R-77", "board_reference": "Minutes 77", "limit": "up to level 3",
}  # fmt: skip
BY_TYPE = {
    "email": "right@testhouse.example", "number": "1", "password": PASSWORD, "search": "", "color": "#112233",
}  # fmt: skip


class _Forms(HTMLParser):
    """Collects the fields of every form that posts."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.inside, self.select, self.area = False, "", ""

    def handle_starttag(self, tag, attributes) -> None:
        given = dict(attributes)
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post" and "logout" not in (given.get("action") or "")
            if self.inside:
                self.forms.append({})
        elif self.inside:
            getattr(self, f"_{tag}", lambda given: None)(given)

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select" and self.select:
            self._choose()
        if tag == "textarea" and self.area:
            self.forms[-1][self.area] = [self.words.strip() or BY_NAME.get(self.area, TEXT)]
            self.area = ""

    def handle_data(self, data) -> None:
        if self.area:
            self.words += data

    def _input(self, given) -> None:
        name, kind = given.get("name"), given.get("type", "text")
        if not name or kind in ("submit", "file", "reset"):
            return
        fields = self.forms[-1]
        if kind in ("checkbox", "radio"):
            fields.setdefault(name, [])  # a box that is not ticked belongs to the form all the same
            if "checked" in given or (kind == "radio" and not fields[name]):
                fields[name] = (
                    [given.get("value", "on")] if kind == "radio" else [*fields[name], given.get("value", "on")]
                )
            return
        empty = f"{date.today()}" if kind == "date" else BY_NAME.get(name, BY_TYPE.get(kind, TEXT))
        fields[name] = [given.get("value") or ("" if kind == "hidden" else empty)]

    def _button(self, given) -> None:
        if given.get("name") and given["name"] not in self.forms[-1]:
            self.forms[-1][given["name"]] = [given.get("value", "")]

    def _textarea(self, given) -> None:
        self.area, self.words = given.get("name", ""), ""

    def _select(self, given) -> None:
        self.select, self.options, self.chosen = given.get("name", ""), [], []

    def _option(self, given) -> None:
        if self.select:
            self.options.append(given.get("value", ""))
            if "selected" in given:
                self.chosen.append(given.get("value", ""))

    def _choose(self) -> None:
        first = next((value for value in self.options if value), "")
        self.forms[-1][self.select] = [value for value in self.chosen if value] or [first]
        self.select = ""


def filled(page: str) -> dict[str, list[str]]:
    """The largest form of the page, filled in."""
    reader = _Forms()
    reader.feed(page.split("<main", 1)[-1])
    return max(reader.forms, key=len, default={})
