"""What cases of the demo found and imposed, in the words of their papers."""

from __future__ import annotations

from cases.enums import PenaltyKind
from cases.sanctions import Sanction

from .cases import Story

WARNING = Sanction(kind=PenaltyKind.WARNING)


def _fine(yuan: int) -> Sanction:
    return Sanction(kind=PenaltyKind.FINE, amount=yuan * 100)


FIRE = Story(
    report="当事人二楼东侧疏散通道堆放桌椅，安全出口上锁，灭火器超过检验期限，案发后已全部清理更换。",
    public="疏散通道堆放桌椅，安全出口上锁，灭火器超过检验期限。",
    sanctions=(_fine(5_000),),
    shows="二楼东侧疏散通道堆放桌椅，安全出口上锁，灭火器压力指针在红区",
    talk=(("通道里的桌椅是谁放的？", "上学期换教室时暂放的。"), ("安全出口为什么上锁？", "怕学生乱跑，晚上忘了打开。")),
    admits="疏散通道堆放桌椅，安全出口上锁",
)
PROMISES = Story(
    report="当事人在门头和户外广告中发布“保证提分”“全县第一”等内容，对培训效果作保证性承诺，案发后已全部撤除。",
    public="招生广告对培训效果作出保证性承诺，使用绝对化用语。",
    sanctions=(_fine(10_000),),
    shows="门头和楼道广告写有“保证提分”“全县第一品牌”",
    talk=(("这些广告是谁制作的？", "委托广告公司制作，内容由本机构提供。"), ("有没有依据？", "没有。")),
    admits="广告内容由本机构提供，没有依据",
)
LOOSE = Story(
    report="当事人学员考勤、退费台账缺失，三名教学人员未经犯罪记录查询上岗，管理混乱，经责令后已改正。",
    public="从业人员未经犯罪记录查询上岗，培训管理混乱。",
    sanctions=(WARNING,),
    shows="学员考勤、退费台账缺三个月，三名教学人员没有犯罪记录查询材料",
    talk=(("为什么没有查询？", "开学时人手紧，打算期末一起查。"), ("台账由谁保管？", "前台，上个月离职了。")),
    admits="三名教学人员未经查询上岗，台账缺失",
)
HOME_TUTOR = Story(
    report="当事人未经审批，寒假期间在自己住所招收学生十二名补习数学，收费六千元，案发后已全部退还。",
    public="未经审批，寒假期间在住所开展学科类培训。",
    sanctions=(_fine(2_000),),
    gains=6_000_00,
    shows="客厅摆放折叠桌六张，学生十二名正在做数学题",
    talk=(
        ("什么时候开始的？", "一月十日。"),
        ("收了多少钱？", "每人五百元，共六千元。"),
        ("有没有办学许可？", "没有。"),
    ),
    admits="未经审批在住所补习，收费六千元",
)
