"""The usual names of columns in Chinese and English, as they are compared: small letters, no spaces, no brackets."""

from __future__ import annotations

GEOMETRY_LON, GEOMETRY_LAT = "geometry_lon", "geometry_lat"
"""Columns that readers make from points, in WGS-84 degrees."""

PROBLEM = "__regionmap_problem"
"""A column that readers add: why a row cannot be judged whatever its cells say (ragged, no point); blank if it can."""

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
        "行政区划代码六位 行政区划代码6位 统计用区划代码 所在地区划代码 生产经营场所所在地区划代码 单位所在地区划代码 "
        "生产经营场所行政区划代码 建设地点行政区划代码 项目所在地行政区划代码 单位所在地行政区划代码",
        "旧代码 旧区划代码 原区划代码 旧行政区划代码 原行政区划代码 曾用代码",
    ),
    "place": _tiers(
        "place placename location 地点 地名 所在地 所属地 地点名称 所在地名称",
        "地区 行政区 行政区划 行政区划名称 行政区名称 所在地区 所属地区 地区名称",
        "建设地点所在地 项目所在地 项目所在地区 企业所在地 生产经营场所所在地 实施地点 建设区域 所在行政区 "
        "所在行政区划 所在市县 项目地点",
        "旧地名 原地名 旧县名 原县名 旧行政区划名称 原行政区划名称",
    ),
    "province": _tiers(
        "省份 省 所在省 所在省份 所属省份 所属省 省级 省名 省名称 省份名称 省市 省区市 省市自治区 "
        "省自治区直辖市 province provincename 省直辖市 所在地省 所在地省份 建设地点省 建设地点省自治区直辖市 "
        "生产经营场所所在省 生产经营场所省 项目所在省 项目所在省份 企业所在省 企业所在省份 注册省份",
    ),
    "city": _tiers(
        "地级市 城市 市 地市 所在市 所在城市 所属城市 所属市 设区市 市州 地市州 市名 市名称 市级 城市名称 "
        "地级市名称 city cityname prefecture prefecturename 所在地市 所在地城市 建设地点市 建设地点市地区州盟 "
        "市地区州盟 市地州盟 地级市州盟 生产经营场所所在市 生产经营场所市 项目所在市 项目所在城市 企业所在市 "
        "所在地级市 所在地市州",
    ),
    "county": _tiers(
        "区县 县区 县 区 县市区 市县 区县市 县级 所在县 所在区县 所属区县 所在县区 县名 县名称 区县名称 county "
        "countyname district districtname 所在地区县 所在地县 建设地点县 建设地点县区市旗 县区市旗 县市区旗 县市旗 "
        "生产经营场所所在县 生产经营场所所在区县 生产经营场所县 项目所在县 项目所在区县 企业所在县 企业所在区县 "
        "县区名称",
    ),
    "address": _tiers(
        "生产地址 厂址 项目地址 建设地址 建设地点 经营地址 详细地址 地址 企业地址 单位地址 公司地址 完整地址 "
        "地址全称 注册地址 通讯地址 住所 address fulladdress addr 生产经营场所地址 生产经营地址 生产场所地址 "
        "项目建设地点 项目建设地址 建设项目地点 厂区地址 经营场所 实际生产地址 单位注册地址 企业注册地址 注册地",
    ),
    "industry": _tiers(
        "行业小类代码 行业代码 国民经济行业代码 国民经济行业分类代码 行业分类代码 行业类别代码 行业编码 "
        "industrycode gbt4754 gbt47542017 行业中类代码 行业大类代码 行业 行业名称 行业类别 所属行业 行业分类 "
        "国民经济行业 国民经济行业名称 行业类型 行业小类 行业中类 行业大类 产业 industry industryname sector "
        "行业类别及代码 行业及代码 行业代码及名称 行业代码名称 行业名称及代码 国民经济行业类别 "
        "国民经济行业类别及代码 国民经济行业类别代码 国民经济行业小类 国民经济行业代码及名称 "
        "国民经济行业名称及代码 行业类别名称 行业小类名称 行业中类名称 行业大类名称 主行业 主要行业 主行业类别 "
        "主行业代码 企业行业类别 企业所属行业 项目行业 项目所属行业 建设项目行业类别 项目行业类别 所属行业类别 "
        "所属行业代码 所属行业名称 所属行业大类 所属行业小类 行业分类名称 行业门类 行业领域 产业类别 产业类型 "
        "所属产业 主导产业 项目行业代码 主要产品 主要产品名称 产品 产品名称 产品类别 主营产品",
    ),
    "date": _tiers(
        "date ondate checkdate 日期 判断日期 查询日期 评估日期 基准日期",
    ),
    "action": _tiers(
        "action 建设性质 项目建设性质 动作 投资动作 建设类型 项目性质 建设类别 建设方式 工程性质",
    ),
    "datum": _tiers(
        "datum 坐标系 坐标系统 坐标系名称 空间参考 投影坐标系 坐标参考系 坐标系类型 坐标基准 coordinatesystem "
        "coordsys crs",
    ),
    "zone": _tiers("带号 投影带 投影带号 分带 中央子午线 中央经线 中央子午线经度 zone centralmeridian"),
}
"""The usual names of every role: a later group counts only where no name of an earlier one is found."""
FIRST_WINS = frozenset(("industry", "address", "province", "city", "county", "zone"))
"""Roles whose columns say the same thing more or less finely: the first of the usual names is taken."""
PARTS = ("province", "city", "county")
(DATES_OF_PROJECTS,) = _tiers(
    "拟开工时间 拟开工日期 计划开工时间 计划开工日期 预计开工时间 预计开工日期 开工时间 开工日期 拟建设时间 "
    "建设时间 建设日期 建设起始时间 建设开始时间 建设年月 备案时间 备案日期 立项时间 立项日期 核准时间 核准日期 "
    "批复时间 批复日期 审批时间 审批日期 环评批复时间 环评批复日期 申报时间 申报日期 申请日期 拟投产时间 "
    "拟投产日期 计划投产时间 计划投产日期 预计投产时间 预计投产日期 投产时间 投产日期 建成时间 建成日期 "
    "建成投产时间 startdate constructionstart plannedstart approvaldate"
)
"""Headings of the day of a project: the first of them is its date where the run is asked for no date of its own."""
