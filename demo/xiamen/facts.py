"""Who was nominated in 厦门 and what was asked and told: invented, beside the story."""

from supervisors.enums import Identity

from ..organs import JIMEI, SIMING

#: The districts that nominate, each with the word that begins its login names.
DISTRICTS = {
    SIMING: "siming",
    "350205": "haicang",
    "350206": "huli",
    JIMEI: "jimei",
    "350212": "tongan",
    "350213": "xiangan",
}
#: Of the officers whom the base demo has too.
CERTIFICATES = {SIMING: "闽演示A001", JIMEI: "闽演示J001"}
CONDITION_AGAINST = "与培训机构无利益关系"
#: (district, name, born, workplace, position, identities, why rejected)
PEOPLE = (
    (SIMING, "（演示监督员）", 1972, "思明区演示实验小学", "校长", (Identity.PRINCIPAL, Identity.CONGRESS_DEPUTY), ""),
    (SIMING, "陈美玲", 1985, "思明区演示社区", "家长委员会主任", (Identity.PARENT,), ""),
    (SIMING, "黄志强", 1979, "鹭岛演示律师事务所", "律师", (Identity.PUBLIC_FIGURE, Identity.CPPCC_MEMBER), ""),
    ("350205", "张文斌", 1981, "海沧区演示中学", "教师", (Identity.TEACHER,), ""),
    ("350205", "李丽华", 1977, "海沧区演示医院", "医师", (Identity.PARENT, Identity.PARTY_DELEGATE), ""),
    ("350206", "王建国", 1969, "湖里区演示学校", "校长", (Identity.PRINCIPAL,), ""),
    ("350206", "吴雅婷", 1988, "湖里区演示小学", "教师", (Identity.TEACHER, Identity.PARENT), ""),
    (JIMEI, "蔡国栋", 1974, "集美区演示学院", "教授", (Identity.PUBLIC_FIGURE,), ""),
    (JIMEI, "刘海燕", 1983, "集美区演示幼儿园", "家长代表", (Identity.PARENT,), ""),
    ("350212", "郑秋月", 1980, "同安区演示小学", "教师", (Identity.TEACHER, Identity.PARTY_DELEGATE), ""),
    ("350212", "杨俊杰", 1976, "同安区演示商会", "秘书长", (Identity.PUBLIC_FIGURE,), ""),
    ("350213", "许思琪", 1986, "翔安区演示中学", "教师", (Identity.TEACHER,), ""),
    ("350205", "曾晓明", 1984, "海沧区演示企业", "经理", (Identity.PARENT,), "其配偶在培训机构任职，与机构有利益关系"),
    ("350206", "郭伟民", 1982, "湖里区演示培训中心", "股东", (Identity.PUBLIC_FIGURE,), "本人为培训机构股东"),
    ("350213", "谢小芳", 1990, "翔安区演示公司", "职员", (Identity.PARENT,), "推荐材料不能证明公信力，两次补正未到"),
)  # fmt: skip
OBJECTED_TO = "黄志强"
QUIZ = (
    ("监督员发现问题后可以怎样做？", ("开具罚款单", "如实填写并反馈", "要求机构停业"), 2),
    ("看不到的项目应当怎样填？", ("填“是”", "填“无法查看”", "空着不填"), 2),
    ("本人孩子在该机构上课，能否去走访？", ("能", "不能，应当回避"), 2),
    ("出示监督员证的目的是什么？", ("证明身份，可扫码核验", "证明执法资格"), 1),
    ("学科类培训不得在什么时间进行？", ("节假日、休息日及寒暑假", "工作日下午"), 1),
)
PROBLEMS = (
    ("B05", "每2小时巡查记录缺最近一周"),
    ("F01", "收费公示牌与实际价目不一致"),
    ("C04", "新到教师信息未公示"),
)
HANDBOOK = (
    ("我们是谁", "社会监督员由教育部门聘任，受聘期间履行监督、反馈、宣传三项职责。\n凭通知开展监督，无执法权。"),
    ("怎样走访", "每月走访1至2次，按9个方面43项清单逐项填写。\n每个方面至少填写一项，看不到的填“无法查看”。"),
    ("怎样拍照", "只拍公共区域，避开学生面部。\n拍照前告知对方并出示监督员证。"),
    ("回避和纪律", "本人或家人任职、就读的机构应当回避。\n不收取任何费用，不透露走访安排和他人信息。"),
)
