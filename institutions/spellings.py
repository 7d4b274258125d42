"""Other words by which bureaus write the register's choices. Labels and codes need no mention here."""

from __future__ import annotations

from typing import TypeVar

from .enums import Category, LegalType, Mode, PermitKind, Stage, Status, Subcategory

Value = TypeVar("Value")


def _all(words: str, value: Value) -> dict[str, Value]:
    return dict.fromkeys(words.split(), value)


#: What says nothing about the category: 体育类非学科, 非学科（体育）, 学科类培训机构, （二）体育类.
CATEGORY_NOISE = r"^[一二三四五六七八九十\d]{1,2}$|非学科|校外|课外|培训|训练|教育|辅导|机构|项目|课程|类别|类型|类|等"
CATEGORY_EXCLUDES = {"非学科": Category.SUBJECT}
CATEGORIES = {
    "学科": Category.SUBJECT,
    "学科类校外培训": Category.SUBJECT,
    "文化课": Category.SUBJECT,
    "文化学科": Category.SUBJECT,
    **_all("语文 数学 英语 外语 语数英 物理 化学 生物 历史 地理", Category.SUBJECT),
    "体育": Category.SPORT,
    "体育运动": Category.SPORT,
    "运动": Category.SPORT,
    **_all("球类 球类运动 篮球 足球 羽毛球 乒乓球 网球 排球 游泳 轮滑 击剑", Category.SPORT),
    **_all("武术 武术搏击 跆拳道 空手道 散打 拳击 搏击", Category.SPORT),
    "文化艺术": Category.ARTS,
    "艺术": Category.ARTS,
    "文艺": Category.ARTS,
    "文旅": Category.ARTS,
    "音乐": Category.ARTS,
    "舞蹈": Category.ARTS,
    "美术": Category.ARTS,
    "书法": Category.ARTS,
    "美术书法": Category.ARTS,
    "音乐舞蹈": Category.ARTS,
    "艺考": Category.ARTS,
    **_all("钢琴 古筝 声乐 器乐 乐器 绘画 书画 素描 国画 街舞 芭蕾 中国舞 戏剧 影视 戏剧影视", Category.ARTS),
    "科技": Category.SCIENCE,
    "科学技术": Category.SCIENCE,
    "科普": Category.SCIENCE,
    "科创": Category.SCIENCE,
    "编程": Category.SCIENCE,
    "少儿编程": Category.SCIENCE,
    "机器人": Category.SCIENCE,
    **_all("棋类 围棋 象棋 国际象棋 轮滑 击剑 体操 跳绳 田径 体适能 体能 瑜伽 滑板 攀岩 马术", Category.SPORT),
    **_all("无人机 航模 科学实验 3D打印 创客 人工智能 STEM STEAM", Category.SCIENCE),
    "其他": Category.OTHER,
    "其它": Category.OTHER,
    "其他非学科": Category.OTHER,
    "其它非学科": Category.OTHER,
    "非学科类其他": Category.OTHER,
    "非学科其他": Category.OTHER,
}
#: What says nothing about the finer kind: 少儿美术启蒙, 乒乓球培训.
SUBCATEGORY_NOISE = r"非学科|校外|培训|教育|辅导|训练|课程|项目|类|等|少儿|儿童|幼儿|少年|青少年|中小学生?|启蒙|兴趣班?"
SUBCATEGORIES = {
    "艺术高考": Subcategory.ART_EXAM,
    "艺术类考试": Subcategory.ART_EXAM,
    **_all("声乐 器乐 钢琴 古筝 乐器 吉他 小提琴 架子鼓 二胡 琵琶 葫芦丝 尤克里里 合唱 乐理", Subcategory.MUSIC),
    **_all("街舞 芭蕾 芭蕾舞 中国舞 民族舞 拉丁舞 爵士舞", Subcategory.DANCE),
    **_all("美术 书法 绘画 书画 素描 国画 色彩 油画 漫画 创意美术 硬笔书法 软笔书法 毛笔书法", Subcategory.PAINTING),
    **_all("戏剧 影视 表演 播音 主持 播音主持 口才 小主持人", Subcategory.DRAMA),
    **_all("篮球 足球 羽毛球 乒乓球 网球 排球", Subcategory.BALL_GAMES),
    **_all("武术 跆拳道 空手道 散打 搏击 拳击 柔道", Subcategory.MARTIAL_ARTS),
    **_all("少儿编程 信息学 计算机", Subcategory.CODING),
    **_all("语言 语言类 演讲", Subcategory.LANGUAGE_ABILITY),
}
#: The one category that a finer kind lies in; 语言能力 may be taught in several.
CATEGORY_OF = {
    **dict.fromkeys(
        (Subcategory.ART_EXAM, Subcategory.MUSIC, Subcategory.DANCE, Subcategory.PAINTING, Subcategory.DRAMA),
        Category.ARTS,
    ),
    **dict.fromkeys((Subcategory.BALL_GAMES, Subcategory.SWIMMING, Subcategory.MARTIAL_ARTS), Category.SPORT),
    **dict.fromkeys((Subcategory.CODING, Subcategory.ROBOTICS), Category.SCIENCE),
}
for _word, _kind in {**SUBCATEGORIES, **{str(kind.label): kind for kind in CATEGORY_OF}}.items():
    if _kind in CATEGORY_OF:
        CATEGORIES.setdefault(_word, CATEGORY_OF[_kind])
STAGE_NOISE = r"阶段|学段|学生|年龄段|教育|适龄|儿童|少年$"
STAGES = {
    **_all("学龄前 学前 幼儿 幼儿园 幼儿段 学龄前儿童 3-6岁 3~6岁 3至6岁 幼教 幼小衔接", Stage.PRESCHOOL),
    **_all("小 小学部 小学段 小学1-6年级", Stage.PRIMARY),
    **_all("初 初级中学 初中部 初中段", Stage.JUNIOR),
    **_all("高 高级中学 普高 普通高中 高中部 高中段", Stage.SENIOR),
}
STAGE_GROUPS = {
    **_all("义务教育 义务教育阶段 九年义务教育 小初 小学初中 1-9年级 九年一贯制", (Stage.PRIMARY, Stage.JUNIOR)),
    **_all("中学 中学生 初高中 初中高中 完全中学", (Stage.JUNIOR, Stage.SENIOR)),
    **_all(
        "中小学 中小学生 小初高 K12 K-12 小学初中高中 小学至高中 1-12年级", (Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR)
    ),
    **_all("全学段 各学段 全部 全年龄段 幼小初高", (Stage.PRESCHOOL, Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR)),
}
MODE_NOISE = r"培训|教学|授课|方式|形式|办学|模式|面授$"
MODES = {
    **_all("线下面授 面授 实体 现场 线下实体 仅线下", Mode.OFFLINE),
    **_all("网络 网上 在线 网课 远程 互联网 仅线上", Mode.ONLINE),
    **_all(
        "线上+线下 线下+线上 线下线上 线上、线下 线下、线上 线上/线下 线下/线上 线上及线下"
        " 线上和线下 线上线下结合 线上线下相结合 混合 混合式 OMO 均有 都有",
        Mode.BOTH,
    ),
}
LEGAL_TYPES = {
    **_all(
        "民办非企业单位 民办非企业 民非 民非单位 民非企业 非营利 非营利性 非营利性机构 非营利性法人 非盈利 非盈利性"
        " 社会服务机构 民办非企业单位(法人) 民办非企业(非营利) 非营利性民办学校 社会组织",
        LegalType.NON_PROFIT,
    ),
    **_all(
        "企业 营利 营利性 营利性法人 盈利 盈利性 营利性机构 公司 企业法人 有限公司 有限责任公司 股份有限公司"
        " 有限责任公司(自然人独资) 有限责任公司(自然人投资或控股) 分公司 营利性民办学校 企业单位",
        LegalType.COMPANY,
    ),
    **_all("事业 事业法人 事业单位法人 公办", LegalType.PUBLIC_INSTITUTION),
    **_all("个体 个体户 个体经营 工商个体户", LegalType.SOLE_TRADER),
    **_all("无登记 未注册 未办理 无证", LegalType.NONE),
}
STATUSES = {
    **_all("筹办 筹建 筹设中 筹备", Status.PREPARING),
    **_all(
        "正常办学 正常经营 正常运营 在办 在册 在营 在业 存续 存续(在营、开业、在册) 开业 营业"
        " 营业中 运营中 经营中 办学中 有效",
        Status.NORMAL,
    ),
    **_all("整改 整改中 停业 暂停 暂停办学 暂停营业 停业整顿 限期整改", Status.SUSPENDED),
    **_all("停止招生 暂停招生 责令停止招收学员", Status.ENROLMENT_STOPPED),
    **_all("已转型 转型中 学科转非学科 学科类转非学科类 转为非学科", Status.TRANSFORMED),
    **_all("备案改审批 备改审中", Status.UNDER_REVIEW),
    **_all("拟终止 拟注销 终止公告 注销中 清算 清算中", Status.CLOSING),
    **_all("已注销 注销登记 终止办学 已终止 终止", Status.DEREGISTERED),
    **_all("已吊销 吊销许可证 吊销营业执照 吊销未注销", Status.REVOKED),
    **_all("已取缔 予以取缔", Status.BANNED),
    **_all("失去联系 无法联系 查无下落 跑路", Status.LOST),
}
PERMIT_KINDS = {
    **_all(
        "办学许可证 民办学校许可证 民办教育办学许可证 民办办学许可证 中华人民共和国民办学校办学许可证",
        PermitKind.SCHOOL,
    ),
    **_all("非学科类许可证 非学科类培训许可证 非学科许可证 校外培训许可证", PermitKind.NON_SUBJECT),
    **_all("文化艺术类审核意见 审核意见书 文旅审核意见书 艺术类审核意见书", PermitKind.CULTURE_OPINION),
    **_all("核准书 设立批复 准予设立 设立核准", PermitKind.SET_UP),
    **_all("平台备案 全国平台 备案 全国监管平台备案", PermitKind.PLATFORM_FILING),
}
