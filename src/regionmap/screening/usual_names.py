"""The usual names of columns in Chinese and English, as they are compared: small letters, no spaces, no brackets."""

from __future__ import annotations

GEOMETRY_LON, GEOMETRY_LAT = "geometry_lon", "geometry_lat"
"""Columns that readers make from points, in WGS-84 degrees."""

DATUMS = {
    "gcj02": ("火星坐标系", "火星坐标", "火星", "高德", "腾讯", "amap", "gcj02", "gcj"),
    "bd09": ("百度坐标系", "百度坐标", "百度", "baidu", "bd09ll", "bd09", "bd"),
    "cgcs2000": ("国家2000", "cgcs2000", "cgcs", "2000坐标系"),
    "wgs84": ("wgs84坐标系", "wgs84", "wgs", "gps"),
}
_LON = ("lon", "lng", "long", "longitude", "经度", "东经")
_LAT = ("lat", "latitude", "纬度", "北纬")
_ABOUT = ("", "企业", "项目", "厂址", "工厂", "中心", "中心点", "地理", "坐标", "所在地", "site", "center", "gps")

Tiers = tuple[tuple[str, ...], ...]


def _degrees(words: tuple[str, ...], axis: str) -> Tiers:
    usual = [about + word for word in words for about in _ABOUT]
    usual += [word + end for word in words for end in ("度", "坐标", "值", "deg", "dd", "小数", "十进制")]
    return (tuple(usual), (axis, f"坐标{axis}", f"{axis}坐标", f"point{axis}", f"coord{axis}", f"{axis}coord"))


def _tiers(*groups: str) -> Tiers:
    return tuple(tuple(group.split()) for group in groups)


TIERS: dict[str, Tiers] = {
    "lon": ((GEOMETRY_LON,), *_degrees(_LON, "x")),
    "lat": ((GEOMETRY_LAT,), *_degrees(_LAT, "y")),
    "adcode": _tiers(
        "adcode admincode gb2260 行政区划代码 行政区划编码 行政区划码 区划代码 区划编码 区划码 "
        "行政代码 行政编码 行政区代码 所在地行政区划代码",
        "县代码 区县代码 县区代码 县级代码 县码 countycode districtcode",
        "市代码 地市代码 地级市代码 市级代码 prefecturecode",
    ),
    "place": _tiers(
        "place placename location 地点 地名 所在地 所属地 地点名称 所在地名称",
        "地区 行政区 行政区划 行政区划名称 行政区名称 所在地区 所属地区 地区名称",
    ),
    "province": _tiers(
        "省份 省 所在省 所在省份 所属省份 所属省 省级 省名 省名称 省份名称 省市 省区市 省市自治区 "
        "省自治区直辖市 province provincename",
    ),
    "city": _tiers(
        "地级市 城市 市 地市 所在市 所在城市 所属城市 所属市 设区市 市州 地市州 市名 市名称 市级 "
        "城市名称 地级市名称 city cityname prefecture prefecturename",
    ),
    "county": _tiers(
        "区县 县区 县 区 县市区 市县 区县市 县级 所在县 所在区县 所属区县 所在县区 县名 县名称 "
        "区县名称 county countyname district districtname",
    ),
    "address": _tiers(
        "生产地址 厂址 项目地址 建设地址 建设地点 经营地址 详细地址 地址 企业地址 单位地址 公司地址 "
        "完整地址 地址全称 注册地址 通讯地址 住所 address fulladdress addr",
    ),
    "industry": _tiers(
        "行业小类代码 行业代码 国民经济行业代码 国民经济行业分类代码 行业分类代码 行业类别代码 "
        "行业编码 industrycode gbt4754 gbt47542017 行业中类代码 行业大类代码 行业 行业名称 行业类别 "
        "所属行业 行业分类 国民经济行业 国民经济行业名称 行业类型 行业小类 行业中类 行业大类 产业 "
        "industry industryname sector",
    ),
    "date": _tiers(
        "date ondate checkdate 日期 判断日期 查询日期 评估日期 基准日期",
    ),
    "action": _tiers(
        "action 建设性质 项目建设性质 动作 投资动作 建设类型",
    ),
    "datum": _tiers(
        "datum 坐标系 坐标系统 坐标系类型 坐标基准 coordinatesystem coordsys crs",
    ),
}
"""The usual names of every role: a later group counts only where no name of an earlier one is found."""
FIRST_WINS = frozenset(("industry", "address", "province", "city", "county"))
"""Roles whose columns say the same thing more or less finely: the first of the usual names is taken."""
PARTS = ("province", "city", "county")
