"""Keys and labels of catalogue editions: how a card, an office or a register is named in the edition log.

| Edition | Key | Labels |
|---|---|---|
| model card | `UW-PAS-001` | symbol, office_type, topic, category, group, life_event |
| office card | `UW-PAS-001/uw-rzeszow` | symbol, office |
| local card | `UW-LOK-001/uw-rzeszow` | symbol, office, office_type, topic, category, group, life_event |
| office | `urzad/uw-rzeszow` | office_type, voivodeship |
| life event | `zdarzenie/LE-01` | |
| topic tree | `dzialy` | |
| office type, act, form | `typ/UW`, `akt/KPA`, `formularz/PB-16a` | register |

A `category` label is `topic-slug/category-slug`, a `group` label has all three slugs: names repeat between topics.
"""

from __future__ import annotations

TOPIC_TREE_KEY = "dzialy"


def office_card_key(symbol: str, office: str) -> str:
    """Key of the card of one office; both parts are as in the public address."""
    return f"{symbol}/{office}"


def office_key(code: str) -> str:
    """Key of an office record."""
    return f"urzad/{code}"


def life_event_key(code: str) -> str:
    """Key of a life event."""
    return f"zdarzenie/{code}"


def office_type_key(code: str) -> str:
    """Key of an office type."""
    return f"typ/{code}"


def act_key(code: str) -> str:
    """Key of a legal act."""
    return f"akt/{code}"


def form_key(code: str) -> str:
    """Key of a form family."""
    return f"formularz/{code}"
