"""Under a person's name stands as what they are here (design §5)."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("persona", "label"),
    [
        ("ism", "Information security manager"),
        ("top", "Chief executive"),
        ("administrator", "Administrator"),
        ("auditor", "Auditor"),
    ],
)
def test_the_top_bar_says_as_what_somebody_is_here(as_user, persona, label):
    page = as_user(persona).get("/roles/").content.decode()
    assert f"<small>{label}</small>" in page.split("</header>")[0]
