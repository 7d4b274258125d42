"""Counties and towns: abolished, of others, unknown, in the address only."""

from ..base import USUAL, Case, case, good

_FAR = {"350205": "沧林路", "350211": "杏东路"}


@case("places/abolished_codes", "codes of 梅列区 and the old 三元区 in the county column")
def abolished_codes(c: Case) -> None:
    c.bureau = "350404"
    c.head()
    for number, text in ((1, "350402"), (2, "350403")):
        c.row(good(number, county="350404"), cells={"county": text}, warnings=["code_legacy"])
    c.row(good(3, county="350404"))
    c.row(good(4, county="350404"), cells={"county": "350404"})
    c.csv("gbk")


@case("places/abolished_names", "梅列区 in column and address")
def abolished_names(c: Case) -> None:
    c.bureau = "350404"
    c.head()
    c.row(good(1, county="350404"), cells={"county": "梅列区"}, warnings=["code_legacy"])
    address = "三明市梅列区列东街10号"
    c.row(good(2, county="350404", address=address), cells={"county": "梅列区"}, warnings=["code_legacy"])
    c.row(good(3, county="350404", address=address), may=["code_legacy"])
    c.csv()


@case("places/shaxian", "沙县 before it became a 区, by name and by code")
def shaxian(c: Case) -> None:
    c.bureau = "350405"
    c.head()
    for number, text in enumerate(("沙县", "350427", "三明市沙县"), start=1):
        c.row(good(number, county="350405"), cells={"county": text}, warnings=["code_legacy"])
    c.row(good(4, county="350405"))
    c.csv("gbk")


@case("places/longhai_in_a_citys_file", "龙海市 350681 in a file of 漳州")
def longhai(c: Case) -> None:
    c.bureau = "350600"
    c.head()
    c.row(good(1, county="350604"))
    c.row(good(2, county="350604"), cells={"county": "龙海市"}, warnings=["code_legacy"])
    c.row(good(3, county="350604"), cells={"county": "350681"}, warnings=["code_legacy"])
    row = good(4, county="350604", address="漳州市龙海市石码街道九二〇路4号")
    c.row(row, cells={"county": ""}, warnings=["county_missing"], may=["code_legacy"])
    c.csv()


@case("places/changle", "长乐市 became a district of 福州 in 2017")
def changle(c: Case) -> None:
    c.bureau = "350112"
    c.head()
    c.row(good(1, county="350112"))
    c.row(good(2, county="350112"), cells={"county": "长乐市"}, warnings=["code_legacy"])
    c.row(good(3, county="350112"), cells={"county": "350182"}, warnings=["code_legacy"])
    c.csv("gbk")


@case("places/spellings_of_a_county", "with province, city, code, blanks, without 区")
def spellings(c: Case) -> None:
    c.head()
    spelled = ("厦门市思明区", "福建省厦门市思明区", "思明", "350203", "思 明 区", "350203000000", "厦门思明区")
    for number, text in enumerate(spelled, start=1):
        c.row(good(number), cells={"county": text})
    c.csv()


@case("places/county_from_address", "a city's file whose county column is empty: the address tells")
def from_address(c: Case) -> None:
    c.bureau = "350200"
    c.head()
    c.row(good(1, county="350211"), cells={"county": ""}, warnings=["county_missing"])
    row = good(2, county="350211", address="福建省厦门市集美区杏东路2号")
    c.row(row, cells={"county": ""}, warnings=["county_missing"])
    row = good(5, county="350211", address="361021厦门市集美区杏东路5号")
    c.row(row, cells={"county": ""}, warnings=["county_missing"])
    row = good(3, county="350205", address="海沧区沧林路3号")
    c.row(row, cells={"county": ""}, warnings=["county_missing"])
    c.row(good(4), cells={"county": ""}, warnings=["county_missing"])
    c.csv("gbk")


@case("places/county_from_town", "a city's file: the address begins with a town, or with 集美 and its town")
def from_town(c: Case) -> None:
    c.bureau = "350200"
    c.head()
    for number, place in enumerate(("灌口镇", "厦门市灌口镇", "集美侨英街道", "厦门集美杏林街道"), start=1):
        row = good(number, county="350211", address=f"{place}英村路{number}号")
        c.row(row, cells={"county": ""}, warnings=["county_missing"])
    for number, address in ((5, "集美大厦5楼"), (6, "同安路6号")):
        c.row(good(number), "county_missing", cells={"county": "", "address": address})
    c.csv()


@case("places/no_county_anywhere", "a city's file, no county, and an address that does not tell")
def nowhere(c: Case) -> None:
    c.bureau = "350200"
    c.head()
    c.row(good(1))
    c.row(good(2), "county_missing", cells={"county": "", "address": "湖滨南路2号"})
    c.row(good(3), "county_missing", cells={"county": "—", "address": "万达广场3层"})
    c.csv()


@case("places/no_county_in_a_countys_file", "a county's file needs no county column")
def own(c: Case) -> None:
    c.columns = tuple(name for name in USUAL if name != "county")
    c.head()
    c.row(good(1))
    c.row(good(2, address="湖滨南路2号"))
    c.csv("gbk")


@case("places/address_of_another_county", "column and address name two counties that both are in force")
def mismatch(c: Case) -> None:
    c.bureau = "350200"
    c.head()
    c.row(good(1))
    row = good(2, county="350211")
    c.row(row, "county_mismatch", cells={"county": "思明区"}, after=["county"])
    row = good(3, county="350211", address="集美区杏东路3号")
    c.row(row, "county_mismatch", cells={"county": "思明区"}, after=["county"])
    c.row(good(4, address="厦门市思明区集美路4号"))
    c.csv()


@case("places/of_another_bureau", "rows of a neighbour county and of another city")
def other_bureau(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2, county="350211"), "county_out_of_scope")
    c.row(good(3, county="350581"), "county_out_of_scope")
    c.row(good(4, county="350211"), "county_out_of_scope", cells={"county": ""}, may=["county_missing"])
    c.csv("gbk")


@case("places/of_another_city", "石狮市 in a file of 厦门")
def other_city(c: Case) -> None:
    c.bureau = "350200"
    c.head()
    c.row(good(1))
    c.row(good(2, county="350581"), "county_out_of_scope")
    c.row(good(3, county="350211"))
    c.csv()


@case(
    "places/addresses_elsewhere",
    "no county, and an address in another city or province; roads and houses called after them are none",
)
def elsewhere(c: Case) -> None:
    c.columns = tuple(name for name in USUAL if name != "county")
    c.head()
    c.row(good(1))
    far = ("福州市五四路2号", "福建省泉州市丰泽街3号", "浙江省杭州市西湖区文三路4号", "上海市浦东新区世纪大道5号")
    for number, address in enumerate(far, start=2):
        c.row(good(number), "county_out_of_scope", cells={"address": address})
    near = ("福州路6号", "北京市场7号", "泉州市商会大厦思明区文园路8号", "湖滨南路9号浙江省商会")
    for number, address in enumerate(near, start=6):
        c.row(good(number, address=address))
    c.csv()


@case("places/written_county_and_address_elsewhere", "the column says 思明区, the address another city")
def written_elsewhere(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2), "county_mismatch", cells={"address": "福建省泉州市丰泽街2号"})
    c.row(good(5), "county_mismatch", cells={"address": "泉州市丰泽区丰泽街5号"})
    c.row(good(3), "county_out_of_scope", cells={"county": "厦门市", "address": "福州市五四路3号"})
    c.row(good(4, address="厦门市湖滨南路4号"))
    c.csv("gbk")


@case("places/unknown", "火炬区, 未知, a street instead of a county")
def unknown(c: Case) -> None:
    c.bureau = "350200"
    c.head()
    c.row(good(1))
    for number, text in enumerate(("火炬区", "未知区", "思名区", "99"), start=2):
        c.row(good(number, address=f"湖滨南路{number}号"), "county_unknown", cells={"county": text})
    c.csv()


@case("places/towns_in_two_systems", "虎𬇙镇 is its legal name, 虎贝镇 that of the statistics")
def towns(c: Case) -> None:
    c.bureau = "350902"
    c.columns = (*USUAL, "town")
    c.head()
    for number, town in enumerate(("虎贝镇", "虎𬇙镇", "虎贝", ""), start=1):
        row = good(number, county="350902", town=town, address=f"宁德市蕉城区虎𬇙镇文峰路{number}号")
        c.row(row)
    c.csv("gb18030")


@case("places/towns_with_tails", "街道办事处, without 街道, with the county in front")
def town_tails(c: Case) -> None:
    c.columns = (*USUAL, "town")
    c.head()
    for number, town in enumerate(("筼筜街道", "筼筜街道办事处", "筼筜", "中华街道"), start=1):
        c.row(good(number, town=town))
    c.csv()


@case("places/functional_area", "泉州台商投资区 has an education office and no code of the standard")
def functional(c: Case) -> None:
    c.bureau = "350500"
    c.head()
    c.row(good(1, county="350581"))
    row = good(2, county="350581", address="惠安县东园镇锦厝2号")
    c.row({**row, "county": "泉州台商投资区", "county_code": "3505T1", "address": "泉州台商投资区东园镇锦厝2号"})
    c.csv("gbk")


@case("places/same_road_names", "roads called after other counties do not make a row theirs")
def road_names(c: Case) -> None:
    c.bureau = "350200"
    c.head()
    for number, road in enumerate(("同安路", "集美路", "晋江市场", "翔安南路"), start=1):
        c.row(good(number, address=f"厦门市思明区{road}{number}号"))
    c.csv()
