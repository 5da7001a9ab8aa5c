"""Names that documents and people use and that no unit of today carries: merged, renamed, or never a unit at all."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from regionmap.i18n import t
from regionmap.model import Text


@dataclass(frozen=True, slots=True)
class OtherName:
    """What became of a name. With one code in ``now`` the name stands for that unit; with several it must be split."""

    names: tuple[str, ...]
    code: str
    now: tuple[str, ...]
    what: Text


_ALL = (
    OtherName(
        ("莱芜市",),
        "371200",
        ("370116", "370117"),
        t("莱芜市 (371200) was merged into 济南市 in January 2019 and is now 莱芜区 and 钢城区."),
    ),
    OtherName(
        ("雄安新区", "雄安"),
        "",
        ("130638", "130629", "130632"),
        t("雄安新区 is not an administrative unit of GB/T 2260: 雄县, 容城县 and 安新县 stand for it."),
    ),
    OtherName(
        ("杨凌示范区", "杨凌农业高新技术产业示范区", "杨凌区", "杨凌"),
        "",
        ("610403",),
        t("杨凌示范区 is not an administrative unit: it is taken as 杨陵区."),
    ),
)

BY_NAME = MappingProxyType({name: other for other in _ALL for name in other.names})
BY_CODE = MappingProxyType({other.code: other for other in _ALL if other.code})
