"""Two writings of one name or address are the same: keys for matching and searching."""

import unicodedata


def email_key(address: str) -> str:
    """NFKC, no spaces, case folded: one person cannot have two accounts by writing their address differently (case 6)."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def search_key(text: str) -> str:
    """Lower case without accents, single spaces: “Şahin” is found by “sahin”, and stays “Şahin” on the page."""
    plain = unicodedata.normalize(
        "NFKD", text.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    )
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
